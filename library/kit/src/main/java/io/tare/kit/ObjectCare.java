package io.tare.kit;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Objects of the user's making. */
record ObjectCare<T>(Supplier<? extends T> maker, Consumer<? super T> resetter) implements Care<T> {
  @Override
  public T make() {
    return maker.get();
  }

  @Override
  public long weight() {
    return 1;
  }

  @Override
  public void reset(T value) {
    resetter.accept(value);
  }
}
