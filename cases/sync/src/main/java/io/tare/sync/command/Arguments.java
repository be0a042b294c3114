package io.tare.sync.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was typed after the command's name, {@code --state FILE --entries 10m --delete}, in its order: filters are asked one after the
 * other. Of an option that is given twice the last one counts.
 */
public record Arguments(List<Given> given) {
  private static final String UNITS = "kmgt";
  private static final long DECIMAL = 1000;
  private static final int BITS = 10;

  public Arguments {
    given = List.copyOf(given);
  }

  /** One option with its value; a flag has an empty one. */
  public record Given(String option, String value) {}

  /** What a command takes. */
  public record Known(Set<String> options, Set<String> flags) {}

  static Arguments parse(List<String> words, Known known) throws UsageException {
    List<Given> given = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (known.flags().contains(word)) {
        given.add(new Given(word, ""));
      } else if (!known.options().contains(word)) {
        throw new UsageException("unknown option: " + word);
      } else if (i + 1 == words.size()) {
        throw new UsageException(word + " wants a value");
      } else {
        given.add(new Given(word, words.get(++i)));
      }
    }
    return new Arguments(given);
  }

  /** These behind others, which they overrule. */
  Arguments behind(Arguments others) {
    List<Given> all = new ArrayList<>(others.given);
    all.addAll(given);
    return new Arguments(all);
  }

  public boolean has(String flag) {
    return value(flag).isPresent();
  }

  public Optional<String> value(String option) {
    return given.stream().filter(one -> one.option().equals(option)).map(Given::value).reduce((first, last) -> last);
  }

  public String required(String option) throws UsageException {
    return value(option).orElseThrow(() -> new UsageException(option + " is needed"));
  }

  /** A count such as {@code 500}, {@code 10m} (ten million). */
  public long count(String option, long otherwise) throws UsageException {
    Optional<String> text = value(option);
    return text.isEmpty() ? otherwise : number(option, text.get(), DECIMAL);
  }

  /** A size such as {@code 64g}. */
  public long bytes(String option, long otherwise) throws UsageException {
    Optional<String> text = value(option);
    return text.isEmpty() ? otherwise : number(option, text.get(), 1L << BITS);
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
