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
import io.tare.ledger.rules.Thresholds;
import io.tare.model.ledger.Account;
import io.tare.report.guide.GuideText;
import io.tare.report.look.Columns;
import io.tare.report.look.TextOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code tare help [COMMAND|TOPIC]}. */
final class HelpCommand {
  static final Command COMMAND = new Command("help", "[COMMAND|TOPIC]", """
      Explain a command, or a topic: accounts, an account's id, kinds, evidence, rules, json.
      'tare help json' lists the forms of --format json; 'tare help man' is the manual page.""",
      List.of(), List.of("tare help capture", "tare help accounts", "tare help malloc.idle"), HelpCommand::run);

  private static final int WIDEST = 100;

  private HelpCommand() {}

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
      default -> GuideText.account(topic, options);
    };
    return page.orElseThrow(() -> unknown(topic));
  }

  /** What counts as much, as a file of values would have it. */
  private static String rules(int width) {
    StringBuilder page = new StringBuilder("""
        What counts as much. A file of lines such as the ones below, named by --rules FILE or
        TARE_RULES, gives other values; what it does not name keeps these.

        """);
    for (Thresholds.Row row : Thresholds.DEFAULT.table()) {
      page.append(row.id()).append(" = ").append(row.value()).append('\n');
      Columns.wrap(width - 4, row.reason()).forEach(line -> page.append("  # ").append(line).append('\n'));
    }
    return page.toString();
  }

  private static UsageException unknown(String topic) {
    List<String> known = new ArrayList<>(Commands.names());
    known.addAll(List.of("accounts", "kinds", "evidence", "rules", "json", "man"));
    Arrays.stream(Account.values()).map(Account::id).forEach(known::add);
    String hint = Similar.to(topic, known).map(s -> " Did you mean '" + s + "'?").orElse("");
    return new UsageException("there is no help on '" + topic + "'." + hint);
  }
}
