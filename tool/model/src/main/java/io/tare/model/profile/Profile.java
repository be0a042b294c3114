package io.tare.model.profile;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Call stacks, each with one value a type.
 *
 * @param types what the values mean, in their order
 */
public record Profile(List<ValueType> types, List<Sample> samples) {
  public Profile {
    types = List.copyOf(types);
    samples = List.copyOf(samples);
    for (Sample sample : samples) {
      if (sample.values().size() != types.size()) {
        throw new IllegalArgumentException(
            "a stack has " + sample.values().size() + " values, and the profile " + types.size() + " types");
      }
    }
  }

  /** What a value counts: {@code inuse_space} in {@code bytes}. */
  public record ValueType(String name, String unit) {}

  /** A place in a program; what is not known of it is empty, and the line zero. */
  public record Frame(String function, String file, long line) {}

  /**
   * A stack and what is counted for it.
   *
   * @param frames what was called last first
   * @param tags what else is said of it, by name: the {@code thread}, the {@code type} of what was allocated
   */
  public record Sample(List<Frame> frames, List<Long> values, Map<String, String> tags) {
    public Sample {
      frames = List.copyOf(frames);
      values = Numbers.of(values);
      tags = Map.copyOf(tags);
    }

    public Sample(List<Frame> frames, List<Long> values) {
      this(frames, values, Map.of());
    }
  }

  /** Where the values of this type stand. */
  public OptionalInt indexOf(String type) {
    return IntStream.range(0, types.size()).filter(i -> types.get(i).name().equals(type)).findFirst();
  }

  public List<String> typeNames() {
    return types.stream().map(ValueType::name).toList();
  }
}
