package io.tare.app.history;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A memory group of its own with a limit, in either version of cgroups. A machine that does not let us make one skips the test. */
record LimitedGroup(Path folder) implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  static LimitedGroup of(long limitBytes) {
    boolean first = Files.isDirectory(ROOT.resolve("memory"));
    Path folder = (first ? ROOT.resolve("memory") : ROOT).resolve("tare-test-" + ProcessHandle.current().pid());
    try {
      Files.createDirectory(folder);
      Files.writeString(folder.resolve(first ? "memory.limit_in_bytes" : "memory.max"), Long.toString(limitBytes));
      return new LimitedGroup(folder);
    } catch (IOException refused) {
      assumeTrue(remove(folder), "an empty group is left behind: " + folder);
      assumeTrue(false, "no memory group can be made and limited here, which takes root: " + refused);
      throw new IllegalStateException(refused);
    }
  }

  /** A shell that moves itself into the group, then becomes the command. */
  Process start(String... command) throws IOException {
    String[] all = new String[command.length + 5];
    System.arraycopy(new String[] {"sh", "-c", "echo $$ > \"$1\"; shift; exec \"$@\"", "sh",
        folder.resolve("cgroup.procs").toString()}, 0, all, 0, 5);
    System.arraycopy(command, 0, all, 5, command.length);
    return new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static boolean remove(Path folder) {
    try {
      return Files.deleteIfExists(folder) || !Files.exists(folder);
    } catch (IOException stillInUse) {
      return false;
    }
  }

  @Override
  public void close() throws Exception {
    for (int i = 0; i < 50 && !remove(folder); i++) {
      Thread.sleep(100);
    }
  }
}
