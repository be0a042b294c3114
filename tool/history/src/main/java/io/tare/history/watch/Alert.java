package io.tare.history.watch;

import io.tare.formats.text.Sizes;
import io.tare.model.history.SampleColumn;
import io.tare.model.ledger.Account;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One alert over time: it is raised once its rule has been broken for long enough, and again only after all was well in between. */
public final class Alert {
  private final AlertRule rule;
  private long wrongSinceMillis = -1;
  private boolean raised;

  public Alert(AlertRule rule) {
    this.rule = rule;
  }

  public AlertRule rule() {
    return rule;
  }

  /** Looks at the value of now; true when the alarm is to be raised at this moment. What is not known changes nothing. */
  public boolean look(long epochMillis, OptionalDouble value) {
    if (value.isEmpty()) {
      return false;
    }
    boolean isWrong = rule.isAbove() ? value.getAsDouble() > rule.bound() : value.getAsDouble() < rule.bound();
    if (!isWrong) {
      wrongSinceMillis = -1;
      raised = false;
      return false;
    }
    wrongSinceMillis = wrongSinceMillis < 0 ? epochMillis : wrongSinceMillis;
    boolean raises = !raised && epochMillis - wrongSinceMillis >= rule.holdMillis();
    raised |= raises;
    return raises;
  }

  /** Whether the alarm is on. */
  public boolean isRaised() {
    return raised;
  }

  /**
   * When an alarm is raised: {@code rss.anon > 1GB for 30s}, {@code growth(malloc.used) > 10MB/h}.
   *
   * @param text as it was written
   * @param metric a series, an account, or one of {@link Metrics#others}
   * @param isGrowth whether its growth an hour counts, not its value
   * @param isAbove whether above the bound is wrong; else below
   * @param holdMillis for how long it must be wrong without a break
   */
  public record AlertRule(String text, String metric, boolean isGrowth, boolean isAbove, double bound,
      long holdMillis) {}

  /** Reads alerts as people write them. */
  public static final class AlertParser {
    private static final Pattern RULE = Pattern.compile(
        "\\s*(?:growth\\s*\\(\\s*(?<grown>[A-Za-z][\\w.-]*)\\s*\\)|(?<metric>[A-Za-z][\\w.-]*))\\s*(?<sign>>=?|<=?)\\s*"
            + "(?<number>\\d{1,15}(?:\\.\\d{1,6})?)\\s*(?<unit>[A-Za-z%]*)\\s*(?:/\\s*(?<per>h|min|s|d))?"
            + "\\s*(?:for\\s+(?<hold>\\d{1,9})\\s*(?<holdUnit>ms|s|m|min|h))?\\s*");
    private static final int LONGEST = 300;
    private static final String EXAMPLES = "; write 'rss.anon > 1GB for 30s' or 'growth(malloc.used) > 10MB/h'";

    private AlertParser() {}

    public static AlertRule parse(String text) throws BadAlert {
      Matcher rule = RULE.matcher(text);
      if (text.length() > LONGEST || !rule.matches()) {
        throw new BadAlert("the alert '" + shortened(text) + "' can't be understood" + EXAMPLES);
      }
      boolean isGrowth = rule.group("grown") != null;
      String metric = (isGrowth ? rule.group("grown") : rule.group("metric")).toLowerCase(Locale.ROOT);
      requireKnown(metric);
      if (isGrowth && rule.group("per") == null) {
        throw new BadAlert(
            "growth needs a rate such as 10MB/h, not '" + rule.group("number") + rule.group("unit") + "'");
      }
      if (!isGrowth && rule.group("per") != null) {
        throw new BadAlert("a rate is for growth only: 'growth(" + metric + ") > …/" + rule.group("per") + "'");
      }
      double bound = number(rule.group("number"), rule.group("unit")) * perHour(rule.group("per"));
      return new AlertRule(text.strip(), metric, isGrowth, rule.group("sign").startsWith(">"), bound,
          hold(rule.group("hold"), rule.group("holdUnit")));
    }

    private static void requireKnown(String metric) throws BadAlert {
      List<String> known = Metrics.all();
      if (known.contains(metric)) {
        return;
      }
      String family = metric.contains(".") ? metric.substring(0, metric.indexOf('.')) : metric;
      List<String> close = known.stream().filter(name -> name.startsWith(family)).toList();
      throw new BadAlert("nothing is called '" + metric + "'; there is "
          + String.join(", ",
              close.isEmpty() ? List.of("rss", "rss.anon", "heap.floor", "malloc.used", "threads") : close));
    }

    private static double number(String digits, String unit) throws BadAlert {
      if (unit.equals("%")) {
        return Double.parseDouble(digits) / 100;
      }
      if (unit.isEmpty()) {
        return Double.parseDouble(digits);
      }
      OptionalLong bytes = Sizes.bytes(digits.contains(".") ? digits : digits + ".0", unit);
      if (bytes.isEmpty()) {
        throw new BadAlert("'" + unit + "' is no unit; B, KB, MB, GB, TB and % are");
      }
      return bytes.getAsLong();
    }

    private static double perHour(@Nullable String per) {
      return switch (per == null ? "h" : per) {
        case "s" -> 3600;
        case "min" -> 60;
        case "d" -> 1.0 / 24;
        default -> 1;
      };
    }

    private static long hold(@Nullable String number,
        @Nullable String unit) {
      if (number == null || unit == null) {
        return 0;
      }
      long unitMillis = switch (unit) {
        case "ms" -> 1;
        case "m", "min" -> 60_000;
        case "h" -> 3_600_000;
        default -> 1_000;
      };
      return Long.parseLong(number) * unitMillis;
    }

    private static String shortened(String text) {
      return text.length() > 60 ? text.substring(0, 60) + "\u2026" : text;
    }
  }

  /** An alert that makes no sense; the message says what would. */
  public static final class BadAlert extends Exception {
    private static final long serialVersionUID = 1L;

    public BadAlert(String message) {
      super(message);
    }
  }

  /** The names that an alert can use. */
  static final class Metrics {
    static final String GROSS = "gross";
    static final String NET = "net";
    static final String TARE = "tare";
    static final String UNEXPLAINED = "unexplained";
    static final String GC_SHARE = "gc.share";

    private Metrics() {}

    static List<String> others() {
      return List.of(GROSS, NET, TARE, UNEXPLAINED, GC_SHARE);
    }

    static List<String> all() {
      return Stream.of(others().stream(), Arrays.stream(SampleColumn.values()).map(SampleColumn::series),
          Arrays.stream(Account.values()).map(Account::id)).flatMap(names -> names).distinct().toList();
    }
  }
}
