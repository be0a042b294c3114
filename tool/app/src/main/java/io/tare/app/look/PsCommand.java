package io.tare.app.look;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.capture.glance.Glances;
import io.tare.capture.glance.ProcessGlance;
import io.tare.model.report.ProcessLine;
import io.tare.report.processes.ProcessTable;
import io.tare.report.processes.ProcessesJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code tare ps}: every process at a glance. */
public final class PsCommand {
  private static final List<Option> OWN = List.of(
      Option.choice("--sort", "KEY", List.of("gross", "tare", "pid", "name"),
          "order (default: gross, the heaviest first)"),
      Option.value("--top", "N", "only the first N"),
      Option.value("--proc", "DIR", "read processes below DIR instead of /proc"));

  public static final Command COMMAND = new Command("ps", "", """
      Every process at a glance: gross, net, tare, limit, runtime.
      Net is known without a closer look for JVMs only; a dash is "not known",
      not zero. 'tare PID' looks closer.""",
      Stream.of(OWN, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare ps", "tare ps --sort tare --top 10", "tare ps --format json"),
      PsCommand::run);

  private PsCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (!arguments.operands().isEmpty()) {
      throw new UsageException(
          "ps takes no operand; 'tare " + arguments.operands().getFirst() + "' looks at one process");
    }
    Output output = Output.of(arguments, console);
    long most = arguments.number("--top", 1).orElse(Long.MAX_VALUE);
    Path root = Path.of(arguments.value("--proc").orElse("/proc"));
    List<ProcessGlance> glances = Glances.glance(root, Path.of("/"), pid -> console.err()
        .println("tare: process " + pid + " is left out: reading it hangs"));
    List<ProcessLine> lines = glances.stream().map(glance -> line(glance, root))
        .sorted(order(arguments.value("--sort").orElse("gross"))).limit(most).toList();
    output.write(switch (output.format()) {
      case TEXT -> ProcessTable.render(lines, output.text());
      case JSON -> ProcessesJson.render(lines);
      case HTML, OPENMETRICS -> throw new UsageException("ps writes text or json");
    }, console);
    return ExitCode.FINE;
  }

  private static ProcessLine line(ProcessGlance glance, Path root) {
    OptionalLong tare = glance.netBytes().isPresent()
        ? OptionalLong.of(Math.max(0, glance.rssBytes() - glance.netBytes().getAsLong()))
        : OptionalLong.empty();
    return new ProcessLine(glance.pid(), owner(root.resolve(Long.toString(glance.pid()))), glance.label(),
        glance.runtime().words(),
        OptionalLong.of(glance.rssBytes()),
        glance.netBytes(), tare, glance.limitBytes(), "");
  }

  /** Empty for a process that has ended meanwhile. */
  private static Optional<String> owner(Path folder) {
    try {
      return Optional.of(Files.getOwner(folder).getName());
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  private static Comparator<ProcessLine> order(String key) {
    Comparator<ProcessLine> byPid = Comparator.comparingLong(ProcessLine::pid);
    return switch (key) {
      case "pid" -> byPid;
      case "name" -> Comparator.comparing(ProcessLine::name).thenComparing(byPid);
      case "tare" ->
        Comparator.comparingLong((ProcessLine p) -> p.tareBytes().orElse(-1)).reversed().thenComparing(byPid);
      default -> Comparator.comparingLong((ProcessLine p) -> p.rssBytes().orElse(-1)).reversed().thenComparing(byPid);
    };
  }
}
