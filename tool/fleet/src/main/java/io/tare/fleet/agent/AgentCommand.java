package io.tare.fleet.agent;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Signals;
import io.tare.app.cli.Spans;
import io.tare.app.cli.UsageException;
import io.tare.app.cli.VersionCommand;
import io.tare.app.time.MetricsPage;
import io.tare.fleet.bucket.Bucket;
import io.tare.fleet.bucket.BucketOptions;
import io.tare.history.live.SteadyClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code tare agent}: one process a node that writes the ledgers of the others. */
public final class AgentCommand {
  public static final Command COMMAND = new Command("agent", "", """
      Record the processes of a node, for 'tare fleet' to read.
      One process a node: it finds processes by rule, takes a ledger of each every
      minute and cheap readings between under one budget of processor time, and
      writes recordings to a folder or a bucket. It only looks, as 'tare PID' does.""",
      AgentSettings.OPTIONS,
      List.of("tare agent --all --to /srv/tare", "tare agent --match 'orders|billing' --to /srv/tare --metrics 9400",
          "tare agent --cgroup kubepods --to s3://memory/prod --pods https://localhost:10250/pods"),
      AgentCommand::run);

  private AgentCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    AgentSettings settings = AgentSettings.of(arguments, console);
    AgentLog log = new AgentLog(console.err()::println);
    String node = settings.where().node();
    AgentNumbers numbers = new AgentNumbers();
    try (Destination destination = destination(settings, arguments, console);
        Spool spool = Spool.open(settings.spoolFolder(), settings.spoolBytes())) {
      AgentPage page = new AgentPage(numbers, spool, VersionCommand.version(), node);
      try (MetricsPage metrics = arguments.has("--metrics")
          ? MetricsPage.open(arguments.value("--metrics").orElse(""), page::render)
          : null) {
        Delivery delivery = new Delivery(spool, destination, node, settings.retry().toMillis(), numbers, log);
        NodeAgent agent = new NodeAgent(settings,
            new NodeAgent.Parts(spool, delivery, new WhoseProcess(settings.where(), log), numbers, page, log,
                VersionCommand.version()),
            SteadyClock.ofMachine());
        for (String signal : List.of("INT", "TERM", "HUP")) {
          Signals.on(signal, agent::stop);
        }
        log.info("began", "node", node, "to", destination.words(), "spool", settings.spoolFolder(), "waiting",
            spool.segments(),
            "metrics", metrics == null ? "-" : metrics.address());
        agent.run(Spans.of(arguments, "--for", Duration.ZERO).toMillis());
      }
      return ExitCode.FINE;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static Destination destination(AgentSettings settings, Arguments arguments, Console console)
      throws UsageException, IOException {
    if (settings.to().startsWith(BucketOptions.SCHEME)) {
      return new BucketDestination(Bucket.open(settings.to(), arguments, console.environment()));
    }
    Path folder = Path.of(settings.to());
    if (!Files.isDirectory(folder)) {
      // Made once, by the one who names it; from then on a folder that is missing is one that is away.
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null && Files.isDirectory(parent)) {
        Files.createDirectory(folder);
      }
    }
    return new Destination.Folder(folder, SegmentName.cleaned(settings.where().node()));
  }
}
