package io.tare.capture.memory.pthread;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ids of a process's threads. A control block holds the id that the thread has in its own pid namespace; what is reported is the
 * id that we see.
 *
 * @param pid the process, as we see it
 * @param seenByOwn the ids that we see by the ids that the threads know of themselves
 */
public record TaskIds(long pid, Map<Long, Long> seenByOwn) {
  public TaskIds {
    seenByOwn = Map.copyOf(seenByOwn);
  }

  /** Threads of a process in our own pid namespace. */
  public static TaskIds of(long pid, Collection<Long> tids) {
    Map<Long, Long> same = new HashMap<>();
    tids.forEach(tid -> same.put(tid, tid));
    return new TaskIds(pid, same);
  }

  /** Reads {@code task/} of a process's folder; a thread that ends meanwhile is left out. */
  public static TaskIds read(long pid, Path procPid) throws IOException {
    Map<Long, Long> ids = new HashMap<>();
    boolean nested = ownId(procPid).filter(own -> own != pid).isPresent();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(procPid.resolve("task"))) {
      for (Path task : tasks) {
        long seen = Long.parseLong(String.valueOf(task.getFileName()));
        Optional<Long> own = nested ? ownId(task) : Optional.of(seen);
        own.ifPresent(id -> ids.put(id, seen));
      }
    }
    return new TaskIds(pid, ids);
  }

  /** The last id of the line {@code NSpid: 4711 12}. */
  private static Optional<Long> ownId(Path folder) {
    try {
      for (String line : Files.readAllLines(folder.resolve("status"), StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("NSpid:")) {
          return Optional.of(Long.parseLong(line.substring(line.lastIndexOf('\t') + 1).strip()));
        }
      }
      return Optional.empty();
    } catch (IOException | NumberFormatException ended) {
      return Optional.empty();
    }
  }

  boolean isLive(long ownTid) {
    return seenByOwn.containsKey(ownTid);
  }

  long seen(long ownTid) {
    return seenByOwn.getOrDefault(ownTid, ownTid);
  }

  boolean isMain(long ownTid) {
    return isLive(ownTid) && seen(ownTid) == pid;
  }
}
