package io.tare.capture.door;

import io.tare.capture.kernel.Descriptor;
import io.tare.capture.kernel.Descriptor.Links;
import io.tare.capture.kernel.FileStatus;
import io.tare.capture.kernel.FileStatus.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The root folder of a target, held: no path below it leads out of it, whatever links the target has made. */
public final class TargetRoot implements AutoCloseable {
  private static final int MOST_LOOKED_AT = 100_000;
  private static final int MOST_NAMES = 1_000;

  private final Descriptor root;

  private TargetRoot(Descriptor root) {
    this.root = root;
  }

  /**
   * Holds the root of a process.
   *
   * @param procPid its folder {@code /proc/PID}
   */
  public static TargetRoot open(Path procPid) throws IOException {
    return new TargetRoot(Descriptor.of(procPid.resolve("root")));
  }

  /** Opens a file at a path without any link. */
  public ForeignFile file(String path, ForeignFile.Expect expect) throws IOException {
    return ForeignFile.open(root.below(path, Links.NONE), expect);
  }

  /** Opens a file, following links as the target would: a library's folder is often one. */
  public ForeignFile linked(String path, ForeignFile.Expect expect) throws IOException {
    return ForeignFile.open(root.below(path, Links.INSIDE), expect);
  }

  /** What is known of a file, which is not opened. */
  public FileStatus status(String path) throws IOException {
    try (Descriptor held = root.below(path, Links.INSIDE)) {
      return held.knownStatus();
    }
  }

  /** Whether there is a folder at a path without any link. */
  public boolean hasFolder(String path) {
    try (Descriptor held = root.below(path, Links.NONE)) {
      return held.knownStatus().kind() == Kind.FOLDER;
    } catch (IOException none) {
      return false;
    }
  }

  /**
   * Names in a folder.
   *
   * @param isCut whether the folder holds more than is looked at
   */
  public record Names(List<String> names, boolean isCut) {
    public Names {
      names = List.copyOf(names);
    }
  }

  /** The names in a folder that begin so; its path has no link. */
  public Names names(String folder, String beginning) throws IOException {
    List<String> names = new ArrayList<>();
    int seen = 0;
    try (Descriptor held = root.below(folder, Links.NONE);
        DirectoryStream<Path> entries = Files.newDirectoryStream(held.path())) {
      for (Path entry : entries) {
        if (++seen > MOST_LOOKED_AT || names.size() >= MOST_NAMES) {
          return new Names(names, true);
        }
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(beginning)) {
          names.add(name);
        }
      }
    }
    return new Names(names, false);
  }

  @Override
  public void close() throws IOException {
    root.close();
  }
}
