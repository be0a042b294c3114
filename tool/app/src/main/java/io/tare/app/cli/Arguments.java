package io.tare.app.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The words after a command, sorted into options and operands. {@code --} ends the options. An option that is given twice keeps
 * its last value, unless it may
 * be repeated: then the values stand one after the other, with commas.
 */
public record Arguments(Map<String, String> options, List<String> operands) {
  public Arguments {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    operands = List.copyOf(operands);
  }

  public static Arguments parse(Command command, List<String> words) throws UsageException {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        operands.addAll(words.subList(i + 1, words.size()));
        break;
      }
      if (!word.startsWith("-") || word.equals("-")) {
        operands.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      Option option = find(command, equals < 0 ? word : word.substring(0, equals));
      if (equals >= 0) {
        put(options, option, word.substring(equals + 1), true);
      } else if (option.takesValue() && !option.valueMayBeLeftOut()) {
        if (++i == words.size()) {
          throw new UsageException(option.name() + " needs a value: " + option.usage().strip());
        }
        put(options, option, words.get(i), true);
      } else {
        put(options, option, "", false);
      }
    }
    return new Arguments(options, operands);
  }

  private static Option find(Command command, String name) throws UsageException {
    for (Option option : command.options()) {
      if (option.name().equals(name) || option.shortName().equals(name)) {
        return option;
      }
    }
    List<String> known = command.options().stream().map(Option::name).toList();
    String hint = Similar.to(name, known).map(s -> " Did you mean " + s + "?").orElse("");
    throw new UsageException("unknown option " + name + "." + hint + " See 'tare help " + command.name() + "'.");
  }

  private static void put(Map<String, String> options, Option option, String value, boolean given)
      throws UsageException {
    if (given && !option.takesValue()) {
      throw new UsageException(option.name() + " takes no value");
    }
    if (given && !option.choices().isEmpty()) {
      for (String part : value.split(",", -1)) {
        if (!option.choices().contains(part)) {
          throw new UsageException(
              option.name() + "=" + part + " is not possible; choose from " + String.join(", ", option.choices()));
        }
      }
    }
    options.merge(option.name(), value, (first, second) -> option.mayBeRepeated() ? first + "," + second : second);
  }

  public boolean has(String option) {
    return options.containsKey(option);
  }

  public Optional<String> value(String option) {
    return Optional.ofNullable(options.get(option));
  }

  /** The option's value as a whole number of at least {@code least}. */
  public OptionalLong number(String option, long least) throws UsageException {
    String value = options.get(option);
    if (value == null) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException notANumber) {
      throw new UsageException(option + " needs a whole number, not '" + value + "'");
    }
    throw new UsageException(option + " must be at least " + least);
  }

  /** The only operand. */
  public String single(String what) throws UsageException {
    if (operands.size() != 1) {
      throw new UsageException(
          operands.isEmpty() ? "which " + what + "?" : "one " + what + " at a time, not " + operands.size());
    }
    return operands.getFirst();
  }
}
