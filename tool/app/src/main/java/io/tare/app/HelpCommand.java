package io.tare.app;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.HelpText;
import io.tare.app.cli.ManPage;
import io.tare.app.cli.Similar;
import io.tare.app.cli.UsageException;
import io.tare.app.cli.VersionCommand;
import io.tare.history.live.HeapTracer;
import io.tare.ledger.rules.Thresholds;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Kind;
import io.tare.report.guide.GuideText;
import io.tare.report.guide.TopicGuides;
import io.tare.report.look.Columns;
import io.tare.report.look.TextOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code tare help [COMMAND|TOPIC]}. */
final class HelpCommand {
  static final Command COMMAND = new Command("help", "[COMMAND|TOPIC]", """
      Explain a command, a topic, an account or a verdict.
      Topics:
        report             how one is read, from its top
        gross, net, tare   the three figures of every report
        scales             RSS, PSS, working set and their like
        accounts, kinds    the lines of the ledger; 'tare help malloc.idle' is one
        evidence           where a number comes from, and how sure it is
        verdicts           the rules; 'tare help native-in-use' is one
        rules              from which values on they speak
        json               the forms of --format json
        exit-codes         what they tell a script
        man                the manual page""",
      List.of(), List.of("tare help capture", "tare help net", "tare help malloc.idle", "tare help native-in-use"),
      HelpCommand::run);

  private static final int WIDEST = 100;

  private static final List<String> TABLES = List.of("accounts", "kinds", "evidence", "rules", "json", "man");

  private HelpCommand() {}

  /** What there is a page on, beside commands and accounts. */
  static List<String> topics() {
    TopicGuides guides = TopicGuides.load();
    return Stream.of(guides.topics(), TABLES, guides.rules()).flatMap(List::stream).toList();
  }

  private static int run(Arguments arguments, Console console) throws UsageException {
    console.out().print(text(arguments.operands(), console));
    return ExitCode.FINE;
  }

  private static String text(List<String> operands, Console console) throws UsageException {
    if (operands.isEmpty()) {
      return Commands.overview();
    }
    String topic = operands.getLast();
    Optional<Command> command = Commands.of(operands).or(() -> Commands.byName(topic));
    if (command.isPresent()) {
      return HelpText.of(command.get());
    }
    TextOptions plain = TextOptions.plain(Math.min(console.width(), WIDEST));
    TextOptions options = console.unicode() ? plain : plain.inAscii();
    Optional<String> page = switch (topic) {
      case "accounts" -> Optional.of(GuideText.accounts(options));
      case "kinds" -> Optional.of(GuideText.kinds(options));
      case "evidence" -> Optional.of(GuideText.evidence(options));
      case "rules" -> Optional.of(rules(options.width()));
      case "json" -> Optional.of(JsonForms.page(options.width()));
      case "man" -> Optional.of(ManPage.of(Commands.all(), VersionCommand.version()));
      default -> accountOrTopic(topic, options).or(() -> word(String.join(" ", operands), options));
    };
    return page.orElseThrow(() -> unknown(String.join(" ", operands)));
  }

  /** An account and a rule may have one name: metaspace, unexplained. */
  private static Optional<String> accountOrTopic(String topic, TextOptions options) {
    List<String> pages = Stream.concat(GuideText.account(topic, options).stream(),
        TopicGuides.load().page(topic, options).map(page -> page + values(topic, options.width())).stream()).toList();
    return pages.isEmpty() ? Optional.empty() : Optional.of(String.join("", pages));
  }

  /** A word as a report prints it: RSS, working set, idle, high confidence, the title of an account. One word may be of two sorts: file. */
  private static Optional<String> word(String printed, TextOptions options) {
    String word = printed.toLowerCase(Locale.ROOT);
    List<String> pages = Stream.of(
        isOne(word, Kind.values(), Kind::label) ? Optional.of(GuideText.kinds(options)) : Optional.<String>empty(),
        isOne(word, Confidence.values(), Confidence::label)
            ? Optional.of(GuideText.evidence(options))
            : Optional.<String>empty(),
        TopicGuides.load().pageOfWord(word, options),
        Arrays.stream(Account.values()).filter(account -> account.title().toLowerCase(Locale.ROOT).equals(word))
            .findFirst().flatMap(account -> GuideText.account(account.id(), options)))
        .flatMap(Optional::stream).toList();
    return pages.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", pages));
  }

  private static <T> boolean isOne(String word, T[] all, Function<T, String> label) {
    return Arrays.stream(all).anyMatch(one -> label.apply(one).equals(word));
  }

  /** From which values on that rule speaks. */
  private static String values(String rule, int width) {
    StringBuilder values = new StringBuilder();
    Thresholds.DEFAULT.table().stream().filter(row -> row.id().startsWith(rule + "."))
        .forEach(row -> row(values.append('\n'), row, width));
    return values.toString();
  }

  /** What counts as much, as a file of values would have it. */
  private static String rules(int width) {
    StringBuilder page = new StringBuilder("""
        What counts as much. A file of lines such as the ones below, named by --rules FILE or
        TARE_RULES, gives other values; what it does not name keeps these.

        """);
    for (Thresholds.Row row : Thresholds.DEFAULT.table()) {
      row(page, row, width);
    }
    page.append("\n# These are no values of that file:\n");
    Columns.wrap(width - 2, HeapTracer.terms()).forEach(line -> page.append("# ").append(line).append('\n'));
    return page.toString();
  }

  private static void row(StringBuilder page, Thresholds.Row row, int width) {
    page.append(row.id()).append(" = ").append(row.value()).append('\n');
    Columns.wrap(width - 4, row.reason()).forEach(line -> page.append("  # ").append(line).append('\n'));
  }

  private static UsageException unknown(String topic) {
    List<String> known = new ArrayList<>(Commands.names());
    known.addAll(topics());
    Arrays.stream(Account.values()).map(Account::id).forEach(known::add);
    String hint = Similar.to(topic, known).map(s -> " Did you mean '" + s + "'?").orElse("");
    return new UsageException("there is no help on '" + topic + "'." + hint);
  }
}
