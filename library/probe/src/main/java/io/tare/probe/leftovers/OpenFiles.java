package io.tare.probe.leftovers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The process's open file descriptors by what they refer to; nothing where /proc does not exist. */
final class OpenFiles {
  private static final Path FOLDER = Path.of("/proc/self/fd");

  private OpenFiles() {}

  static long count() {
    return byTarget().values().stream().mapToLong(Long::longValue).sum();
  }

  static Map<String, Long> byTarget() {
    Map<String, Long> targets = new HashMap<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(FOLDER)) {
      for (Path descriptor : descriptors) {
        target(descriptor, targets);
      }
    } catch (IOException noProc) {
      return Map.of();
    }
    return targets;
  }

  private static void target(Path descriptor, Map<String, Long> targets) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      if (!target.matches("/proc/\\d+/fd")) {
        targets.merge(target, 1L, Long::sum);
      }
    } catch (IOException closedMeanwhile) {
      targets.remove(descriptor.toString());
    }
  }
}
