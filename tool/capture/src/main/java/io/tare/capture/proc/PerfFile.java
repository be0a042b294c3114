package io.tare.capture.proc;

import io.tare.model.capture.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds {@code /tmp/hsperfdata_USER/PID} of a process, through its own root and by the pid that it has in its own namespace.
 *
 * <p>The folder belongs to the target, who could put anything there: a link would lead out of its root into ours, a pipe would
 * hang. So only a regular file of plausible size, owned by the process's user and reached without any link, is accepted.
 */
final class PerfFile {
  static final long MOST_BYTES = 1 << 20;

  private PerfFile() {}

  /** The file, or why there is none. */
  record Found(Optional<Path> file, Outcome outcome, String note) {
    static Found none(Outcome outcome, String note) {
      return new Found(Optional.empty(), outcome, note);
    }
  }

  static Found find(ProcessFolder folder) {
    Optional<String> status = folder.text("status");
    if (status.isEmpty()) {
      return Found.none(Outcome.GONE, "the process has ended");
    }
    Path tmp = folder.file("root").resolve("tmp");
    if (!Files.isDirectory(tmp, LinkOption.NOFOLLOW_LINKS)) {
      return Files.isReadable(folder.file("root"))
          ? Found.none(Outcome.ABSENT, "the process has no /tmp")
          : Found.none(Outcome.DENIED, "the process's root cannot be entered: it takes its own user, or root");
    }
    String pid = StatusLines.lastWord(status.get(), "NSpid:").orElse(Long.toString(folder.pid()));
    Optional<Long> owner = StatusLines.word(status.get(), "Uid:", 1).map(Long::parseLong);
    return search(tmp, pid, owner);
  }

  private static Found search(Path tmp, String pid, Optional<Long> owner) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(tmp, "hsperfdata_*")) {
      for (Path candidate : folders) {
        Path file = candidate.resolve(pid);
        if (Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS) && isAcceptable(file, owner)) {
          return new Found(Optional.of(file), Outcome.TAKEN, "");
        }
      }
      return Found.none(Outcome.ABSENT, "no hsperfdata file of this process: not a HotSpot JVM, or -XX:-UsePerfData");
    } catch (AccessDeniedException denied) {
      return Found.none(Outcome.DENIED, "the process's /tmp cannot be read");
    } catch (IOException failure) {
      return Found.none(Outcome.FAILED, "the process's /tmp cannot be read");
    }
  }

  private static boolean isAcceptable(Path file, Optional<Long> owner) {
    try {
      Map<String, Object> attributes = Files.readAttributes(file, "unix:isRegularFile,size,uid",
          LinkOption.NOFOLLOW_LINKS);
      boolean ownersFile = attributes.get("uid") instanceof Integer uid
          && owner.isPresent() && (Integer.toUnsignedLong(uid) == owner.get() || uid == 0);
      return Boolean.TRUE.equals(attributes.get("isRegularFile")) && ownersFile
          && attributes.get("size") instanceof Long size && size <= MOST_BYTES;
    } catch (IOException none) {
      return false;
    }
  }
}
