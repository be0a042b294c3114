package io.tare.model.profile;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Whole numbers as a list that takes little memory: a large profile has a million of them. */
public final class Numbers extends AbstractList<Long> implements RandomAccess {
  private final long[] numbers;

  private Numbers(long[] numbers) {
    this.numbers = numbers;
  }

  public static Numbers of(long[] numbers) {
    return new Numbers(numbers.clone());
  }

  /** The same list in this form. */
  static Numbers of(List<Long> numbers) {
    return numbers instanceof Numbers already
        ? already
        : new Numbers(numbers.stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  public Long get(int index) {
    return numbers[index];
  }

  @Override
  public int size() {
    return numbers.length;
  }
}
