package io.tare.offsets;

import io.tare.offsets.round.Leak;
import io.tare.offsets.round.Plan;
import io.tare.offsets.tracker.Variant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of a command line, as {@code --name value}; flags have no value. */
record Options(Map<String, String> values) {
  private static final List<String> FLAGS = List.of("--pause");

  static Options of(List<String> arguments, Set<String> known) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (!known.contains(name)) {
        throw new UsageError(
            "unknown option " + name + "; known here: " + String.join(" ", known.stream().sorted().toList()));
      }
      if (FLAGS.contains(name)) {
        values.put(name, "");
      } else if (i + 1 < arguments.size()) {
        values.put(name, arguments.get(++i));
      } else {
        throw new UsageError(name + " needs a value");
      }
    }
    return new Options(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  int number(String name, int otherwise, int most) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw new UsageError(name + " must be a whole number from 1 to " + most + ", not " + value, notANumber);
    }
    throw new UsageError(name + " must be a whole number from 1 to " + most + ", not " + value);
  }

  Variant variant() {
    String label = values.getOrDefault("--variant", Variant.RING.label());
    return Variant.named(label).orElseThrow(() -> new UsageError(
        "--variant must be one of " + Arrays.stream(Variant.values()).map(Variant::label).toList() + ", not " + label));
  }

  Set<Leak> leaks() {
    Set<Leak> leaks = EnumSet.noneOf(Leak.class);
    for (String label : values.getOrDefault("--leak", "").split(",")) {
      if (!label.isEmpty()) {
        leaks.add(Leak.named(label).orElseThrow(() -> new UsageError(
            "--leak takes some of " + Arrays.stream(Leak.values()).map(Leak::label).toList() + ", not " + label)));
      }
    }
    return leaks;
  }

  Plan plan(int messages) {
    try {
      return new Plan(variant(), number("--instances", 8, 1_000), number("--messages", messages, 100_000_000), leaks());
    } catch (IllegalArgumentException e) {
      throw new UsageError(e.getMessage(), e);
    }
  }
}
