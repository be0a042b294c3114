package io.tare.fleet.agent;

import io.tare.capture.proc.ProcessFolder;
import io.tare.fleet.agent.PodList.Placed;
import io.tare.model.history.RecordedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says whose a process is: cluster, node, namespace, service, version, pod, container, unit. Taken from the names of its groups, from the names
 * of the containers' log files, and from the list of pods where there is one; nothing of it touches the process.
 */
final class WhoseProcess {
  private static final long PAUSE_MILLIS = 60_000;
  private static final long PODS_ANYWAY_MILLIS = 600_000;
  private static final Pattern LOG = Pattern.compile("([^_/]{1,253})_([^_/]{1,63})_([^_/]{1,63})-([0-9a-f]{64})\\.log");
  private static final Pattern OF_DEPLOYMENT = Pattern.compile("^(.+)-[a-z0-9]{6,10}-[a-z0-9]{5}$");
  private static final Pattern OF_SET = Pattern.compile("^(.+)-(?:[0-9]{1,5}|[a-z0-9]{5})$");
  private static final int OOM_RANGE = 1000;

  private final Where where;
  private final AgentLog log;
  private Map<String, Placed> logs = Map.of();
  private PodList pods = PodList.NONE;
  private long lookedMillis;
  private long podsMillis;
  private boolean wanted = true;
  private int edition;

  /** @param service what all of this node's processes are called that nothing else gives a name; empty to call each by its own */
  record Where(String cluster, String node, Optional<String> service, Path containerLogs, Optional<PodSource> pods,
      OptionalLong memoryBytes) {}

  WhoseProcess(Where where, AgentLog log) {
    this.where = where;
    this.log = log;
  }

  /** A process's groups, as the kernel names them. */
  static GroupNames groups(long pid) {
    return new ProcessFolder(ProcessFolder.LIVE_ROOT, pid).text("cgroup").map(GroupNames::of).orElse(GroupNames.NONE);
  }

  /** Changes whenever names may have become known that were not. */
  int edition() {
    return edition;
  }

  /** Looks again for names, when there is a process that has none, or after a while. */
  void refresh(long nowMillis) {
    if (lookedMillis > 0 && nowMillis - lookedMillis < (wanted ? PAUSE_MILLIS : PODS_ANYWAY_MILLIS)) {
      return;
    }
    lookedMillis = nowMillis;
    wanted = false;
    Map<String, Placed> found = readLogs();
    if (!found.equals(logs)) {
      logs = found;
      edition++;
    }
    where.pods().ifPresent(source -> readPods(source, nowMillis));
  }

  private void readPods(PodSource source, long nowMillis) {
    try {
      PodList found = source.read();
      if (!found.equals(pods)) {
        pods = found;
        edition++;
      }
      podsMillis = nowMillis;
    } catch (IOException away) {
      log.warn("pods-not-read", "from", source.words(), "why", String.valueOf(away.getMessage()), "last-read-s-ago",
          podsMillis == 0 ? "never" : (nowMillis - podsMillis) / 1000);
      wanted = true;
    }
  }

  private Map<String, Placed> readLogs() {
    Map<String, Placed> found = new HashMap<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(where.containerLogs(), "*.log")) {
      for (Path name : names) {
        Matcher form = LOG.matcher(String.valueOf(name.getFileName()));
        if (form.matches()) {
          found.put(form.group(4), new Placed(form.group(2), form.group(1), "", Optional.empty(), Optional.empty(),
              form.group(3), "", OptionalLong.empty(), OptionalLong.empty()));
        }
      }
    } catch (IOException none) {
      return Map.of();
    }
    return found;
  }

  /** The labels of a process; only what is known is among them. */
  Map<String, String> labels(RecordedProcess process, GroupNames groups) {
    Map<String, String> labels = new LinkedHashMap<>();
    put(labels, "cluster", where.cluster());
    put(labels, "node", where.node());
    Optional<Placed> placed = placed(groups);
    placed.ifPresent(place -> {
      put(labels, "namespace", place.namespace());
      put(labels, "pod", place.pod());
      put(labels, "container", place.container());
      put(labels, "image", place.image());
      place.version().ifPresent(version -> put(labels, "version", version));
      place.requestBytes().ifPresent(bytes -> put(labels, "request_bytes", Long.toString(bytes)));
    });
    put(labels, "service", service(process, groups, placed));
    groups.podUid().ifPresent(uid -> put(labels, "pod_uid", uid));
    groups.containerId().ifPresent(id -> put(labels, "container_id", id));
    groups.unit().ifPresent(unit -> put(labels, "unit", unit));
    if (groups.isBurstable() && !labels.containsKey("request_bytes")) {
      request(process.pid()).ifPresent(bytes -> put(labels, "request_bytes", Long.toString(bytes)));
    }
    where.memoryBytes().ifPresent(bytes -> put(labels, "node_memory_bytes", Long.toString(bytes)));
    return labels;
  }

  /** The limit that the pod's specification has, where the group itself can't be seen. */
  OptionalLong limitBytes(GroupNames groups) {
    return placed(groups).map(Placed::limitBytes).orElse(OptionalLong.empty());
  }

  private Optional<Placed> placed(GroupNames groups) {
    Optional<Placed> found = groups.containerId()
        .flatMap(id -> Optional.ofNullable(pods.byContainerId().get(id)).or(() -> Optional.ofNullable(logs.get(id))))
        .or(() -> groups.podUid().flatMap(uid -> Optional.ofNullable(pods.byPodUid().get(uid))));
    if (found.isEmpty() && groups.podUid().isPresent()) {
      wanted = true;
    }
    return found;
  }

  private String service(RecordedProcess process, GroupNames groups, Optional<Placed> placed) {
    return placed.flatMap(Placed::service).or(() -> placed.map(place -> withoutEnding(place.pod())))
        .or(() -> groups.unit().map(WhoseProcess::unitName)).or(where::service).orElse(process.label());
  }

  /** {@code orders-7d9f8b6c5-x2x4z} and {@code orders-0} are {@code orders}. */
  static String withoutEnding(String pod) {
    Matcher deployment = OF_DEPLOYMENT.matcher(pod);
    if (deployment.matches()) {
      return deployment.group(1);
    }
    Matcher set = OF_SET.matcher(pod);
    return set.matches() ? set.group(1) : pod;
  }

  private static String unitName(String unit) {
    return unit.replaceFirst("\\.[a-z]+$", "").replaceFirst("@.*$", "");
  }

  /**
   * The kubelet writes the request of a burstable pod's container into the kernel's order of killing: 1000 less the thousandths of the
   * machine that it asks for. So the answer is as coarse as a thousandth of the machine's memory.
   */
  private OptionalLong request(long pid) {
    Optional<String> text = new ProcessFolder(ProcessFolder.LIVE_ROOT, pid).text("oom_score_adj").map(String::strip);
    if (text.isEmpty() || where.memoryBytes().isEmpty() || !text.get().matches("[0-9]{1,3}")) {
      return OptionalLong.empty();
    }
    int adjusted = Integer.parseInt(text.get());
    // 2 and 999 are the ends of the range, at which it is cut off.
    return adjusted <= 2 || adjusted >= OOM_RANGE - 1
        ? OptionalLong.empty()
        : OptionalLong.of((OOM_RANGE - adjusted) * (where.memoryBytes().getAsLong() / OOM_RANGE));
  }

  private static void put(Map<String, String> labels, String name, String value) {
    if (!value.isEmpty()) {
      labels.put(name, value);
    }
  }

  /** What the machine has, as {@code MemTotal} says; empty where that can't be read. */
  static OptionalLong machineBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"), StandardCharsets.US_ASCII)) {
        String[] words = line.split("\\s+");
        if (words[0].equals("MemTotal:") && words.length > 1) {
          return OptionalLong.of(Long.parseLong(words[1]) << 10);
        }
      }
    } catch (IOException | NumberFormatException hidden) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }
}
