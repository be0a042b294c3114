package io.tare.cases.faults.files;

import io.tare.cases.faults.scene.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A memory control group of this process's own, below the one that it was started in. */
record MemoryGroup(Path directory, Path parent, boolean unified) {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String V1 = ":memory:/";
  private static final String V2 = "0::/";

  /** Makes the group and moves this process into it. */
  static MemoryGroup enter() throws IOException, Skipped {
    MemoryGroup group = find();
    try {
      Files.createDirectory(group.directory);
    } catch (IOException denied) {
      throw new Skipped("can't make a control group below " + group.parent + ": " + denied.getMessage());
    }
    try {
      group.usageBytes();
      move(group.directory);
    } catch (IOException denied) {
      Files.delete(group.directory);
      throw new Skipped("can't use a memory group below " + group.parent + ": " + denied.getMessage());
    }
    return group;
  }

  private static MemoryGroup find() throws IOException, Skipped {
    List<String> lines = Files.readAllLines(Path.of("/proc/self/cgroup"));
    String name = "tare-fault-" + ProcessHandle.current().pid();
    for (String line : lines) {
      if (line.contains(V1)) {
        Path parent = ROOT.resolve("memory").resolve(line.substring(line.indexOf(V1) + V1.length()));
        return new MemoryGroup(parent.resolve(name), parent, false);
      }
    }
    for (String line : lines) {
      if (line.startsWith(V2) && Files.exists(ROOT.resolve("cgroup.controllers"))) {
        Path parent = ROOT.resolve(line.substring(V2.length()));
        return new MemoryGroup(parent.resolve(name), parent, true);
      }
    }
    throw new Skipped("no memory control groups are mounted at " + ROOT);
  }

  private static void move(Path to) throws IOException {
    Files.writeString(to.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
  }

  long usageBytes() throws IOException {
    String file = unified ? "memory.current" : "memory.usage_in_bytes";
    return Long.parseLong(Files.readString(directory.resolve(file)).strip());
  }

  long inactiveFileBytes() throws IOException {
    return stat(unified ? "inactive_file" : "total_inactive_file");
  }

  private long stat(String name) throws IOException {
    return Files.readAllLines(directory.resolve("memory.stat")).stream().filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1))).sum();
  }

  /** Moves this process back and removes the group. */
  void leave() throws IOException {
    move(parent);
    Files.delete(directory);
  }
}
