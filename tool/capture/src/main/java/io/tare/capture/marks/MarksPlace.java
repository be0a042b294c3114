package io.tare.capture.marks;

import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.proc.StatusText;
import io.tare.model.proc.ProcStatus;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds {@code /tmp/taremarks_USER/PID} of a process through its own root, or where its mappings say. The folder belongs to the target:
 * only a regular file of its user, reached without a link, is accepted.
 */
final class MarksPlace {
  private static final String FOLDER = "/taremarks_";
  private static final Pattern MAPPED = Pattern.compile("(/\\S.*/taremarks_[^/\\s]+/\\d+)$", Pattern.MULTILINE);

  private MarksPlace() {}

  static Optional<Path> find(ProcessFolder folder) throws IOException {
    Optional<ProcStatus> status = status(folder);
    if (status.isEmpty()) {
      return Optional.empty();
    }
    String pid = Long.toString(status.get().namespacePid().orElse(folder.pid()));
    long owner = owner(status.get());
    Path root = folder.file("root");
    Optional<Path> usual = inTemporaryFiles(root.resolve("tmp"), pid, owner);
    return usual.isPresent() ? usual : mapped(folder, root, pid, owner);
  }

  private static Optional<ProcStatus> status(ProcessFolder folder) {
    try {
      return Optional.of(StatusText.parse("status", folder.text("status").orElse(""), ParseLimits.DEFAULT).value());
    } catch (NotThisFormat ended) {
      return Optional.empty();
    }
  }

  private static long owner(ProcStatus status) {
    String uids = status.field("Uid").orElse("").strip();
    int end = uids.indexOf('\t');
    try {
      return Long.parseLong(end < 0 ? uids : uids.substring(0, end).strip());
    } catch (NumberFormatException unknown) {
      return -1;
    }
  }

  private static Optional<Path> inTemporaryFiles(Path tmp, String pid, long owner) {
    if (!Files.isDirectory(tmp, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(tmp, "taremarks_*")) {
      for (Path candidate : folders) {
        Path file = candidate.resolve(pid);
        if (Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS) && isAcceptable(file, owner)) {
          return Optional.of(file);
        }
      }
      return Optional.empty();
    } catch (IOException denied) {
      return Optional.empty();
    }
  }

  private static Optional<Path> mapped(ProcessFolder folder, Path root, String pid, long owner) {
    String maps = folder.text("maps").orElse("");
    if (!maps.contains(FOLDER)) {
      // Nearly always, and much cheaper to see than by a pattern.
      return Optional.empty();
    }
    Matcher name = MAPPED.matcher(maps);
    while (name.find()) {
      Path file = root.resolve(name.group(1).substring(1));
      if (name.group(1).endsWith("/" + pid) && isAcceptable(file, owner)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static boolean isAcceptable(Path file, long owner) {
    try {
      Map<String, Object> attributes = Files.readAttributes(file, "unix:isRegularFile,uid", LinkOption.NOFOLLOW_LINKS);
      return Boolean.TRUE.equals(attributes.get("isRegularFile")) && attributes.get("uid") instanceof Integer uid
          && Integer.toUnsignedLong(uid) == owner;
    } catch (IOException none) {
      return false;
    }
  }
}
