package io.tare.yaml.parse;

import io.tare.yaml.basis.Style;
import org.jspecify.annotations.Nullable;

/** Listens to nothing. */
final class Nobody extends Sink {
  static final Nobody HERE = new Nobody();

  private Nobody() {}

  @Override
  public void startDocument(boolean explicit) {}

  @Override
  public void endDocument(boolean explicit) {}

  @Override
  public void startSequence(Style style, @Nullable Properties properties) {}

  @Override
  public void endSequence() {}

  @Override
  public void startMapping(Style style, @Nullable Properties properties) {}

  @Override
  public void endMapping() {}

  @Override
  public void slice(Style style, long start, long end, @Nullable Properties properties) {}

  @Override
  public void folded(Style style, long start, long end, int block, @Nullable Properties properties) {}

  @Override
  public void alias(String name) {}

  @Override
  public int hold() {
    return 0;
  }

  @Override
  public void wrap(int held, Style style, @Nullable Properties properties) {}

  @Override
  public void letGo(int held) {}

  @Override
  public void lineCrossed() {}
}
