package io.tare.capture.proc;

import io.tare.capture.door.ForeignFile;
import io.tare.capture.door.ForeignFile.Expect;
import io.tare.capture.door.ForeignFile.Refused;
import io.tare.capture.door.TargetRoot;
import io.tare.model.capture.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Finds {@code /tmp/hsperfdata_USER/PID} of a process, through its own root and by the pid that it has in its own namespace.
 *
 * <p>The folder belongs to the target, who could put anything there. So only a regular file of plausible size, owned by the process's user
 * and reached without any link, is accepted.
 */
final class PerfFile {
  static final long MOST_BYTES = 1 << 20;

  private PerfFile() {}

  /** The file, open, or why there is none. */
  record Found(Optional<ForeignFile> file, Outcome outcome, String note) {
    static Found none(Outcome outcome, String note) {
      return new Found(Optional.empty(), outcome, note);
    }
  }

  static Found open(ProcessFolder folder) {
    Optional<String> status = folder.text("status");
    Optional<Long> owner = status.flatMap(text -> StatusLines.word(text, "Uid:", 1)).map(Long::parseLong);
    if (owner.isEmpty()) {
      return Found.none(Outcome.GONE, "the process has ended");
    }
    String pid = StatusLines.lastWord(status.orElseThrow(), "NSpid:").orElse(Long.toString(folder.pid()));
    try (TargetRoot root = TargetRoot.open(folder.path())) {
      return search(root, pid, Expect.ownedBy(owner.get(), MOST_BYTES));
    } catch (AccessDeniedException denied) {
      return Found.none(Outcome.DENIED, "the process's root cannot be entered: it takes its own user, or root");
    } catch (IOException failure) {
      return Found.none(Outcome.ABSENT, "the process has no root folder to look into");
    }
  }

  private static Found search(TargetRoot root, String pid, Expect expect) {
    Found found = Found.none(Outcome.ABSENT,
        "no hsperfdata file of this process: not a HotSpot JVM, or -XX:-UsePerfData");
    try {
      TargetRoot.Names folders = root.names("tmp", "hsperfdata_");
      if (folders.isCut()) {
        found = Found.none(Outcome.ABSENT,
            "no hsperfdata file of this process in the part of its /tmp that was looked at");
      }
      for (String folder : folders.names()) {
        Found here = at(root, "tmp/" + folder + "/" + pid, expect);
        if (here.file().isPresent()) {
          return here;
        }
        found = here.outcome() == Outcome.ABSENT ? found : here;
      }
      return found;
    } catch (NoSuchFileException none) {
      return Found.none(Outcome.ABSENT, "the process has no /tmp");
    } catch (AccessDeniedException denied) {
      return Found.none(Outcome.DENIED, "the process's /tmp cannot be read");
    } catch (IOException failure) {
      return Found.none(Outcome.FAILED, "the process's /tmp cannot be read");
    }
  }

  private static Found at(TargetRoot root, String path, Expect expect) {
    try {
      return new Found(Optional.of(root.file(path, expect)), Outcome.TAKEN, "");
    } catch (NoSuchFileException | AccessDeniedException others) {
      return Found.none(Outcome.ABSENT, "");
    } catch (Refused unfit) {
      return Found.none(Outcome.FAILED, "the process's hsperfdata file is not read: " + unfit.getMessage());
    } catch (IOException link) {
      return Found.none(Outcome.FAILED, "the process's hsperfdata file is not read: a link is in the way");
    }
  }
}
