package io.tare.app.time;

import io.tare.capture.proc.ProcessFolder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The container that a process is in, by the name of its control group: {@code 0::/system.slice/docker-4f5e….scope}. */
final class ContainerName {
  private static final Pattern ID = Pattern.compile("(?:^|[/:-])([0-9a-f]{12})[0-9a-f]{52}(?:\\.scope)?(?=/|$)",
      Pattern.MULTILINE);

  private ContainerName() {}

  /** The first twelve digits of its id; empty where no group names one. */
  static String of(long pid) {
    return new ProcessFolder(ProcessFolder.LIVE_ROOT, pid).text("cgroup").map(ContainerName::in).orElse("");
  }

  /** The innermost container of that list of groups. */
  static String in(String groups) {
    String found = "";
    Matcher matcher = ID.matcher(groups);
    while (matcher.find()) {
      found = matcher.group(1);
    }
    return found;
  }
}
