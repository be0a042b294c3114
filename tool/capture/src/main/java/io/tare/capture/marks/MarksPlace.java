package io.tare.capture.marks;

import io.tare.capture.door.ForeignFile;
import io.tare.capture.door.ForeignFile.Expect;
import io.tare.capture.door.TargetRoot;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.StatusLines;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds {@code /tmp/taremarks_USER/PID} of a process through its own root, or where its mappings say. The folder belongs to the target:
 * only a regular file of its user, reached without a link, is accepted.
 */
final class MarksPlace {
  private static final String FOLDER = "taremarks_";
  private static final long MOST_BYTES = 16 << 20;
  private static final int MOST_MAPPED = 16;

  private MarksPlace() {}

  static Optional<ForeignFile> open(ProcessFolder folder) {
    String status = folder.text("status").orElse("");
    Optional<Long> owner = StatusLines.word(status, "Uid:", 0).map(Long::parseLong);
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    String pid = StatusLines.lastWord(status, "NSpid:").orElse(Long.toString(folder.pid()));
    Expect expect = Expect.ownedBy(owner.get(), MOST_BYTES);
    try (TargetRoot root = TargetRoot.open(folder.path())) {
      Optional<ForeignFile> usual = inTemporaryFiles(root, pid, expect);
      return usual.isPresent() ? usual : first(root, mapped(folder, pid), expect);
    } catch (IOException denied) {
      return Optional.empty();
    }
  }

  private static Optional<ForeignFile> inTemporaryFiles(TargetRoot root, String pid, Expect expect) {
    try {
      return first(root,
          root.names("tmp", FOLDER).names().stream().map(name -> "tmp/" + name + "/" + pid).toList(), expect);
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** Paths of mapped files that have the right name. */
  private static List<String> mapped(ProcessFolder folder, String pid) {
    String maps = folder.text("maps").orElse("");
    if (!maps.contains("/" + FOLDER)) {
      // Nearly always, and much cheaper to see than line by line.
      return List.of();
    }
    return maps.lines().filter(line -> isMarksFile(line, pid)).map(line -> line.substring(line.indexOf('/')))
        .distinct().limit(MOST_MAPPED).toList();
  }

  private static boolean isMarksFile(String path, String pid) {
    int file = path.lastIndexOf('/');
    return file > 0 && path.substring(file + 1).equals(pid)
        && path.startsWith(FOLDER, path.lastIndexOf('/', file - 1) + 1);
  }

  /** The first that is fit: others may lie beside it. */
  private static Optional<ForeignFile> first(TargetRoot root, List<String> paths, Expect expect) {
    return paths.stream().map(path -> open(root, path, expect)).flatMap(Optional::stream).findFirst();
  }

  private static Optional<ForeignFile> open(TargetRoot root, String path, Expect expect) {
    try {
      return Optional.of(root.file(path, expect));
    } catch (IOException unfit) {
      return Optional.empty();
    }
  }
}
