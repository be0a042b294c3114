package io.tare.app.look;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.capture.CaptureException;
import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.capture.glance.Glances;
import io.tare.capture.glance.ProcessGlance;
import io.tare.ledger.Explanation;
import io.tare.model.ledger.ByteRange;
import io.tare.model.report.Net;
import io.tare.model.report.ProcessLine;
import io.tare.model.report.Report;
import io.tare.model.report.Unread;
import io.tare.report.processes.ProcessTable;
import io.tare.report.processes.ProcessesHtml;
import io.tare.report.processes.ProcessesJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code tare ps}: every process at a glance. */
public final class PsCommand {
  private static final List<Option> OWN = List.of(
      Option.choice("--sort", "KEY", List.of("gross", "tare", "pid", "name"),
          "order (default: gross, the heaviest first)"),
      Option.value("--top", "N", "only the first N"),
      Option.flag("--weigh",
          "a full reading of each that is shown: the figures of 'tare PID' (a tenth of a second each)"),
      Option.value("--proc", "DIR", "read processes below DIR instead of /proc"));

  public static final Command COMMAND = new Command("ps", "", """
      Every process at a glance: gross, net, tare, limit, runtime.
      At a glance net is known from above only: no more than what no file stands
      behind. --weigh reads each process as 'tare PID' does, and says the same of
      it. A dash is "not known", not zero; what was refused stands in the row.""",
      Stream.of(OWN, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare ps", "tare ps --sort tare --top 10", "tare ps --format json"),
      PsCommand::run);

  private static final String REFUSED = "refused: run as root, or with CAP_SYS_PTRACE";

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
    Comparator<ProcessLine> order = order(arguments.value("--sort").orElse("gross"));
    Owners owners = new Owners(root);
    Stream<ProcessLine> lines = glances.stream().map(glance -> line(glance, owners));
    List<ProcessLine> shown = arguments.has("--weigh")
        ? weighed(lines, order, most, root)
        : lines.sorted(order).limit(most).toList();
    output.write(switch (output.format()) {
      case TEXT -> ProcessTable.render(shown, output.text());
      case JSON -> ProcessesJson.render(shown);
      case HTML -> ProcessesHtml.render(shown, Instant.now(), output.text());
      case OPENMETRICS, CSV -> throw new UsageException("ps writes text, html or json");
    }, console);
    return ExitCode.FINE;
  }

  /** Sorted once by what a glance tells, so that only those are read that will be shown, and again by what the reading tells. */
  private static List<ProcessLine> weighed(Stream<ProcessLine> lines, Comparator<ProcessLine> order, long most,
      Path root) {
    return lines.sorted(order).limit(most).map(line -> weighed(line, root)).sorted(order).toList();
  }

  private static ProcessLine weighed(ProcessLine glance, Path root) {
    try {
      Report report = Explanation.explain(new Capturer().capture(glance.pid(),
          CaptureOptions.PASSIVE.at(root, Path.of("/")), Progress.NONE));
      return new ProcessLine(glance.pid(), glance.user(), glance.name(), report.target().runtime(),
          OptionalLong.of(report.scales().rssBytes()), report.net().map(Net::bytes), glance.limitBytes(),
          report.unread().map(Unread::sentence).orElse(glance.note()));
    } catch (CaptureException failure) {
      return new ProcessLine(glance.pid(), glance.user(), glance.name(), glance.runtime(), glance.rssBytes(),
          Optional.empty(), glance.limitBytes(), String.valueOf(failure.getMessage()));
    }
  }

  private static ProcessLine line(ProcessGlance glance, Owners owners) {
    Optional<ByteRange> net = glance.netMostBytes().isPresent()
        ? Optional.of(ByteRange.upTo(Math.min(glance.netMostBytes().getAsLong(), glance.rssBytes())))
        : Optional.empty();
    return new ProcessLine(glance.pid(), owners.of(glance.pid()), glance.label(),
        glance.runtime().words(), OptionalLong.of(glance.rssBytes()), net, glance.limitBytes(),
        glance.isRefused() ? REFUSED : "");
  }

  /** Whose processes are. To find the name of a user takes the C library several files, so each is looked up once. */
  private record Owners(Path root, Map<Object, String> known) {
    Owners(Path root) {
      this(root, new HashMap<>());
    }

    /** Empty for a process that has ended meanwhile. */
    Optional<String> of(long pid) {
      Path folder = root.resolve(Long.toString(pid));
      try {
        Object user = Files.getAttribute(folder, "unix:uid");
        String name = known.get(user);
        if (name == null) {
          name = Files.getOwner(folder).getName();
          known.put(user, name);
        }
        return Optional.of(name);
      } catch (IOException ended) {
        return Optional.empty();
      }
    }
  }

  /** Lambdas of this class alone: what the library composes is made anew at each start. */
  private static Comparator<ProcessLine> order(String key) {
    return switch (key) {
      case "pid" -> (a, b) -> Long.compare(a.pid(), b.pid());
      case "name" -> (a, b) -> then(a.name().compareTo(b.name()), a, b);
      case "tare" -> (a, b) -> then(Long.compare(leastTare(b), leastTare(a)), a, b);
      default -> (a, b) -> then(Long.compare(b.rssBytes().orElse(-1), a.rssBytes().orElse(-1)), a, b);
    };
  }

  private static int then(int order, ProcessLine a, ProcessLine b) {
    return order != 0 ? order : Long.compare(a.pid(), b.pid());
  }

  private static long leastTare(ProcessLine process) {
    return process.tare().map(ByteRange::leastBytes).orElse(-1L);
  }
}
