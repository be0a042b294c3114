package io.tare.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that stands for a system's root: a captured /proc and its memory groups, written down in a test. */
public record Tree(Path root) {

  public Tree file(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  public Tree link(String path, String target) throws IOException {
    Path link = root.resolve(path);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
    return this;
  }

  /** A process with the files that a reading cannot do without. */
  public Tree process(long pid, String name, char state) throws IOException {
    String folder = "proc/" + pid + "/";
    file(folder + "stat", pid + " (" + name + ") " + state + " 1 1 1 0 -1 4194304 10 0 0 0 0 0 0 0 20 0 1 0 "
        + "777 1048576 25 18446744073709551615 1 1\n");
    return file(folder + "status", "Name:\t" + name + "\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nNSpid:\t" + pid + "\n");
  }

  public Path proc() {
    return root.resolve("proc");
  }
}
