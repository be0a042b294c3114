package io.tare.fleet.agent;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names of a process's control groups say: the pod by its uid, the container by its id, the unit of systemd. Both ways in which nodes
 * name groups are known ({@code kubepods-burstable-pod1f_2a.slice/cri-containerd-ID.scope} and {@code kubepods/burstable/pod1f-2a/ID}).
 *
 * @param path of the group, for rules
 * @param isBurstable whether the pod has requests below its limits
 */
record GroupNames(String path, Optional<String> podUid, Optional<String> containerId, Optional<String> unit,
    boolean isBurstable) {
  static final GroupNames NONE = new GroupNames("", Optional.empty(), Optional.empty(), Optional.empty(), false);

  private static final Pattern CONTAINER = Pattern.compile("(?:^|[/:-])([0-9a-f]{64})(?:\\.scope)?(?=/|$)");
  private static final Pattern POD = Pattern
      .compile("[-/]pod([0-9a-f]{8}(?:[-_]?[0-9a-f]{4}){3}[-_]?[0-9a-f]{12})(?:\\.slice)?(?=/|$)");
  private static final Pattern UNIT = Pattern.compile("/([^/]{1,200}\\.(?:service|socket|mount))(?=/|$)");

  /** @param text the content of {@code /proc/PID/cgroup} */
  static GroupNames of(String text) {
    String path = path(text);
    boolean inPod = path.contains("kubepods");
    Optional<String> container = last(CONTAINER, path);
    return new GroupNames(path, inPod ? last(POD, path).map(GroupNames::dashed) : Optional.empty(), container,
        container.isPresent() ? Optional.empty() : last(UNIT, path), inPod && path.contains("burstable"));
  }

  /** Of several hierarchies the one that counts memory. */
  private static String path(String text) {
    String found = "";
    for (String line : text.split("\n", -1)) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && (fields[1].equals("memory") || (fields[1].isEmpty() && found.isEmpty()))) {
        found = fields[2];
      }
    }
    return found;
  }

  /** The innermost. */
  private static Optional<String> last(Pattern pattern, String path) {
    Optional<String> found = Optional.empty();
    Matcher matcher = pattern.matcher(path);
    while (matcher.find()) {
      found = Optional.of(matcher.group(1));
    }
    return found;
  }

  /** As the API writes it; the pods of a node's own files have uids without dashes. */
  private static String dashed(String uid) {
    return uid.replace('_', '-');
  }
}
