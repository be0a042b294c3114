package io.tare.sync.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What was typed after the command's name: {@code --state FILE --entries 10m --delete}. */
public record Arguments(Map<String, String> values) {
  private static final String UNITS = "kmgt";
  private static final long DECIMAL = 1000;
  private static final int BITS = 10;

  public Arguments {
    values = Map.copyOf(values);
  }

  /** What a command takes. */
  public record Known(Set<String> options, Set<String> flags) {}

  static Arguments parse(List<String> words, Known known) throws UsageException {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (known.flags().contains(word)) {
        values.put(word, "");
      } else if (!known.options().contains(word)) {
        throw new UsageException("unknown option: " + word);
      } else if (i + 1 == words.size()) {
        throw new UsageException(word + " wants a value");
      } else {
        values.put(word, words.get(++i));
      }
    }
    return new Arguments(values);
  }

  public boolean has(String flag) {
    return values.containsKey(flag);
  }

  public Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option));
  }

  public String required(String option) throws UsageException {
    return value(option).orElseThrow(() -> new UsageException(option + " is needed"));
  }

  /** A count such as {@code 500}, {@code 10m} (ten million). */
  public long count(String option, long otherwise) throws UsageException {
    String text = values.get(option);
    return text == null ? otherwise : number(option, text, DECIMAL);
  }

  /** A size such as {@code 64g}. */
  public long bytes(String option, long otherwise) throws UsageException {
    String text = values.get(option);
    return text == null ? otherwise : number(option, text, 1L << BITS);
  }

  private static long number(String option, String text, long unit) throws UsageException {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    int power = lower.isEmpty() ? -1 : UNITS.indexOf(lower.charAt(lower.length() - 1));
    String digits = power < 0 ? lower : lower.substring(0, lower.length() - 1);
    try {
      long number = Long.parseLong(digits);
      for (int i = 0; i <= power; i++) {
        number = Math.multiplyExact(number, unit);
      }
      if (number > 0) {
        return number;
      }
      throw new UsageException(option + " is more than zero");
    } catch (NumberFormatException | ArithmeticException notANumber) {
      throw new UsageException(option + " wants a number such as 500 or 10m, not '" + text + "'");
    }
  }
}
