package io.tare.fleet.agent;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.Option;
import io.tare.app.cli.Spans;
import io.tare.app.cli.UsageException;
import io.tare.fleet.agent.WhoseProcess.Where;
import io.tare.fleet.bucket.BucketOptions;
import io.tare.formats.text.Sizes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a node is recorded.
 *
 * @param to a folder or {@code s3://BUCKET/PREFIX}
 * @param every from one ledger of a process to the next, when the budget allows
 * @param interval from one cheap reading to the next, when the budget allows
 * @param segment how much time a file holds at most
 * @param share of one processor that the agent may use
 * @param most how many processes are recorded at once
 * @param leastAge who ends before that is not recorded
 */
record AgentSettings(ProcessRule rule, String to, Duration every, Duration interval, Duration segment, double share,
    long spoolBytes, Path spoolFolder, int most, Duration leastAge, Duration retry, Where where) {
  static final List<Option> OPTIONS = List.of(
      Option.flag("--all", "every process"),
      Option.value("--match", "REGEX", "those whose name, service or pod fits"),
      Option.value("--cgroup", "PART", "those whose control group has this in its path: 'kubepods', 'orders.service'"),
      Option.value("--container", "REGEX", "those in a container whose name, id or pod fits"),
      Option.value("--to", "PLACE", "where recordings go: a folder, or s3://BUCKET/PREFIX (needed)"),
      Option.value("--every", "TIME", "from one ledger of a process to the next (default: 1m)"),
      Option.value("--interval", "TIME", "from one cheap reading to the next (default: 15s)"),
      Option.value("--segment", "TIME", "how much time a file holds at most (default: 1h)"),
      Option.value("--budget", "PERCENT",
          "processor time for all of it, of one processor; when that is not enough, readings come less often (default: 0.5)"),
      Option.value("--spool", "SIZE",
          "what may wait while the place is away; beyond that the oldest goes (default: 256m)"),
      Option.value("--spool-dir", "DIR",
          "where it waits (default: $STATE_DIRECTORY, else /var/lib/tare or ~/.local/state/tare)"),
      Option.value("--most", "N", "processes recorded at once (default: 500)"),
      Option.value("--least-age", "TIME", "who ends before that is not recorded (default: 10s)"),
      Option.value("--retry", "TIME", "the longest pause before a place that is away is tried again (default: 1m)"),
      Option.value("--cluster", "NAME", "the cluster's name, for the labels (default: $CLUSTER_NAME)"),
      Option.value("--node", "NAME", "the node's name (default: $NODE_NAME, else the host's)"),
      Option.value("--service", "NAME",
          "the service of processes that neither pod nor unit names (default: their own name)"),
      Option.value("--pods", "FILE|URL",
          "the list of pods, for images, versions, labels, requests: a file, or the kubelet's https://…:10250/pods"),
      Option.value("--pods-token", "FILE", "what opens the kubelet (default: the service account's)"),
      Option.value("--pods-ca", "FILE", "who signed the kubelet's certificate (default: the service account's ca.crt)"),
      Option.value("--container-logs", "DIR",
          "where the containers' log files are named (default: /var/log/containers)"),
      BucketOptions.ENDPOINT, BucketOptions.REGION,
      Option.value("--metrics", "PORT",
          "serve the agent's own metrics at /metrics, to this machine only; HOST:PORT for others"),
      Option.value("--for", "TIME", "stop after that time"));

  private static final int USUAL_MOST = 500;
  private static final long LEAST_SPOOL_BYTES = 64 << 10;
  private static final double USUAL_PERCENT = 0.5;

  static AgentSettings of(Arguments arguments, Console console) throws UsageException, IOException {
    if (!arguments.operands().isEmpty()) {
      throw new UsageException(
          "the agent takes no operands: --match, --cgroup and --container say which processes are meant");
    }
    ProcessRule rule = ProcessRule.of(arguments);
    String to = arguments.value("--to").filter(place -> !place.isEmpty())
        .orElseThrow(() -> new UsageException("where to? --to DIR or --to s3://BUCKET/PREFIX"));
    return new AgentSettings(rule, to, atLeast(arguments, "--every", Duration.ofMinutes(1), Duration.ofSeconds(1)),
        atLeast(arguments, "--interval", Duration.ofSeconds(15), Duration.ofMillis(50)),
        atLeast(arguments, "--segment", Duration.ofHours(1), Duration.ofSeconds(1)), share(arguments),
        spoolBytes(arguments), spoolFolder(arguments, console.environment()),
        (int) Math.min(arguments.number("--most", 1).orElse(USUAL_MOST), 10_000),
        Spans.of(arguments, "--least-age", Duration.ofSeconds(10)),
        atLeast(arguments, "--retry", Duration.ofMinutes(1), Duration.ofMillis(100)),
        where(arguments, console.environment()));
  }

  private static Duration atLeast(Arguments arguments, String option, Duration usual, Duration least)
      throws UsageException {
    Duration given = Spans.of(arguments, option, usual);
    if (given.compareTo(least) < 0) {
      throw new UsageException(option + " must be at least "
          + (least.toMillis() < 1000 ? least.toMillis() + "ms" : least.toSeconds() + "s"));
    }
    return given;
  }

  private static double share(Arguments arguments) throws UsageException {
    String percent = arguments.value("--budget").orElse(Double.toString(USUAL_PERCENT));
    try {
      double share = Double.parseDouble(percent.replace("%", "")) / 100;
      if (share > 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException notANumber) {
      throw new UsageException("--budget needs a number of percent, not '" + percent + "'");
    }
    throw new UsageException("--budget must be above 0 and at most 100");
  }

  private static long spoolBytes(Arguments arguments) throws UsageException {
    String size = arguments.value("--spool").orElse("256m");
    OptionalLong bytes = Sizes.bytes(size);
    if (bytes.isEmpty() || bytes.getAsLong() < LEAST_SPOOL_BYTES) {
      throw new UsageException("--spool needs a size of at least 64k, such as 256m, not '" + size + "'");
    }
    return bytes.getAsLong();
  }

  /** The folder that is made there is the agent's alone. */
  private static Path spoolFolder(Arguments arguments, Map<String, String> environment) {
    Optional<Path> given = arguments.value("--spool-dir")
        .or(() -> Optional.ofNullable(environment.get("STATE_DIRECTORY")).map(folders -> folders.split(":", 2)[0]))
        .filter(folder -> !folder.isEmpty()).map(Path::of);
    return given.orElseGet(() -> Files.isWritable(Path.of("/var/lib"))
        ? Path.of("/var/lib/tare")
        : Path.of(environment.getOrDefault("HOME", "/"), ".local/state/tare")).resolve("spool");
  }

  private static Where where(Arguments arguments, Map<String, String> environment) {
    Path token = PodSource.ofAccount(arguments.value("--pods-token"), "token");
    Path authority = PodSource.ofAccount(arguments.value("--pods-ca"), "ca.crt");
    return new Where(arguments.value("--cluster").orElseGet(() -> environment.getOrDefault("CLUSTER_NAME", "")),
        arguments.value("--node").or(() -> Optional.ofNullable(environment.get("NODE_NAME")))
            .orElseGet(AgentSettings::hostName),
        arguments.value("--service"), Path.of(arguments.value("--container-logs").orElse("/var/log/containers")),
        arguments.value("--pods").map(place -> new PodSource(place, token, authority)), WhoseProcess.machineBytes());
  }

  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.UTF_8).strip();
    } catch (IOException hidden) {
      return "unnamed";
    }
  }
}
