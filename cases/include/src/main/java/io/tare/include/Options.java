package io.tare.include;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of a command line, as {@code --name value}; flags have none. */
record Options(Map<String, String> values) {
  private static final String NAIVE = "--naive";
  private static final Set<String> FLAGS = Set.of(NAIVE, "--behind-proxy");

  static Options of(List<String> arguments, String... known) {
    Set<String> names = Set.of(known);
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (!names.contains(name)) {
        throw new UsageError(
            "unknown option " + name + "; known here: " + String.join(" ", Arrays.stream(known).sorted().toList()));
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

  boolean isNaive() {
    return has(NAIVE);
  }

  boolean has(String flag) {
    return values.containsKey(flag);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  int number(String name, int otherwise, int most) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw new UsageError(name + " must be a whole number up to " + most + ", not " + value, notANumber);
    }
    throw new UsageError(name + " must be a whole number up to " + most + ", not " + value);
  }
}
