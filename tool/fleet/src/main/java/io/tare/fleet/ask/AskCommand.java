package io.tare.fleet.ask;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.Similar;
import io.tare.app.cli.Spans;
import io.tare.app.cli.StepLine;
import io.tare.app.cli.UsageException;
import io.tare.fleet.ask.Asking.FleetAnswer;
import io.tare.fleet.ask.Asking.Scope;
import io.tare.fleet.store.Database;
import io.tare.fleet.store.FleetFolder;
import io.tare.fleet.store.FleetOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code tare fleet ask}. */
public final class AskCommand {
  public static final Command COMMAND = new Command("fleet ask", "[QUESTION]", """
      Ask a question of the whole fleet; without one, list the questions.
      The newest ledger is now, so a fleet of last year can be asked too. Files that
      are torn or foreign are left out and named, and the rest is answered.
      --sql asks a question of your own, over the tables ledger, process, event,
      verdict, remedy and node_capacity; ${within}, ${last_day}, ${now} and ${price}
      stand for what the other options say.""",
      options(), List.of("tare fleet ask", "tare fleet ask waste --fleet /var/lib/fleet --price 0.004",
          "tare fleet ask leaks --since 14d --where \"ns = 'shop'\"", "tare fleet ask sizes -o sizes.html",
          "tare fleet ask --sql 'SELECT runtime, count(*) FROM ledger WHERE ${last_day} GROUP BY runtime'"),
      AskCommand::run);

  private static final double PRICE = 0.004;
  private static final double HEADROOM = 1.15;

  /** Behind comments and brackets a word that gives rows: nothing is written by a question. */
  private static final Pattern ASKS = Pattern.compile(
      "(?is)(\\s|--[^\\n]*\\n|/\\*.*?\\*/|\\()*(select|with|from|values|table|describe|summarize|show|explain|pivot|unpivot)\\b");

  private AskCommand() {}

  private static List<Option> options() {
    List<Option> options = new ArrayList<>(List.of(FleetOptions.FOLDER,
        Option.value("--since", "TIME", "how far back from the newest ledger (default: 7d)"),
        Option.value("--where", "SQL",
            "only what meets a condition on cluster, node, ns, service, version, pod or container"),
        Option.value("--price", "AMOUNT", "what a GB costs for an hour (default: 0.004)"),
        Option.value("--headroom", "FACTOR", "what sizes are given above a percentile (default: 1.15)"),
        Option.value("--sql", "FILE|TEXT", "a question of your own"),
        Option.choice("--engine", "ENGINE", List.of("duckdb", "spark"),
            "duckdb answers in this process (default); spark asks the spark-sql of SPARK_HOME or the PATH")));
    options.addAll(FleetOptions.ENGINE);
    options.addAll(Output.TABLE_OPTIONS);
    return options;
  }

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.operands().isEmpty() && !arguments.has("--sql")) {
      Question.ALL.forEach(question -> console.out()
          .println(String.format(java.util.Locale.ROOT, "  %-10s %s", question.name(), question.title())));
      return ExitCode.FINE;
    }
    Question question = question(arguments);
    Output output = Output.ofTables(arguments, console);
    Scope scope = new Scope(since(arguments), arguments.value("--where").orElse(""),
        number(arguments, "--price", PRICE),
        number(arguments, "--headroom", HEADROOM));
    FleetFolder folder = FleetFolder.open(FleetOptions.folder(arguments, console));
    FleetAnswer answer;
    try (Database database = FleetOptions.database(arguments); StepLine step = new StepLine(console)) {
      step.show("looking for files");
      Asking asking = Asking.of(folder, scope, database);
      step.show("asking");
      answer = arguments.value("--engine").orElse("duckdb").equals("spark")
          ? new SparkSql(folder, scope.where(), console.environment()).ask(question, asking.window())
          : asking.ask(question);
    }
    output.write(AnswerForms.render(answer, output.format(), output.text()), console);
    return ExitCode.FINE;
  }

  private static Question question(Arguments arguments) throws UsageException, IOException {
    Optional<String> own = arguments.value("--sql");
    if (own.isPresent()) {
      if (!arguments.operands().isEmpty()) {
        throw new UsageException("--sql is the question: '" + arguments.operands().getFirst() + "' is one too many");
      }
      String text = own.get();
      boolean isFile = !text.contains(" ") && Files.isRegularFile(Path.of(text));
      String sql = (isFile ? Files.readString(Path.of(text)) : text).strip().replaceFirst(";$", "");
      if (!ASKS.matcher(sql).lookingAt()) {
        throw new UsageException("--sql takes a question, which is SELECT … or WITH …, or a file of that name; not '"
            + sql.lines().findFirst().orElse("") + "'");
      }
      return Question.own(sql);
    }
    String name = arguments.single("question");
    List<String> names = Question.ALL.stream().map(Question::name).toList();
    return Question.named(name).orElseThrow(() -> new UsageException("there is no question '" + name + "'."
        + Similar.to(name, names).map(one -> " Did you mean '" + one + "'?").orElse("") + " There are "
        + String.join(", ", names) + "; --sql asks your own."));
  }

  private static Duration since(Arguments arguments) throws UsageException {
    Duration since = Spans.of(arguments, "--since", Duration.ofDays(7));
    if (since.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new UsageException("--since must be at least 1m");
    }
    return since;
  }

  private static double number(Arguments arguments, String option, double otherwise) throws UsageException {
    String value = arguments.value(option).orElse("");
    try {
      double number = arguments.has(option) ? Double.parseDouble(value) : otherwise;
      if (number >= 0 && number < 1e9) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Said below.
    }
    throw new UsageException(option + " needs a number such as " + otherwise + ", not '" + value + "'");
  }
}
