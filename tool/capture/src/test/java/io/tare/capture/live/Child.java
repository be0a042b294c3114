package io.tare.capture.live;

import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that a test starts, watches and ends. Everything that it prints is kept. */
public final class Child implements AutoCloseable {
  private final Process process;
  private final Path output;

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  public static Child start(List<String> command) throws IOException {
    Path output = Files.createTempFile("tare-child", ".out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("TARE_TEST_SECRET", "swordfish");
    return new Child(builder.start(), output);
  }

  /** A process without handlers, in which SIGQUIT has its deadly default. */
  public static Child sleeping() throws Exception {
    Child child = start(List.of("env", "--default-signal=QUIT", "sleep", "120"));
    while (!isAsleep(child.folder().identity().orElseThrow())) {
      Thread.sleep(1);
    }
    return child;
  }

  /** It has its name before it has its memory: only one that sleeps is through with the exec. */
  private static boolean isAsleep(ProcessIdentity now) {
    return now.name().equals("sleep") && now.state() == 'S';
  }

  public Child whenItSays(String word) throws Exception {
    boolean alive = true;
    long began = System.nanoTime();
    while (alive && System.nanoTime() - began < 120_000_000_000L) {
      // Asked first: what it said before it ended counts.
      alive = process.isAlive();
      if (output().contains(word)) {
        return this;
      }
      Thread.sleep(10);
    }
    throw new IllegalStateException("the child never said '" + word + "' but: " + output());
  }

  public long pid() {
    return process.pid();
  }

  public ProcessFolder folder() {
    return new ProcessFolder(ProcessFolder.LIVE_ROOT, pid());
  }

  public long startTicks() {
    return folder().identity().orElseThrow().startTicks();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public String output() throws IOException {
    return Files.readString(output);
  }

  /** A line of the child's status, without its label. */
  public String status(String label) {
    return folder().text("status").orElseThrow().lines().filter(line -> line.startsWith(label + ":")).findFirst()
        .map(line -> line.substring(label.length() + 1).strip()).orElseThrow();
  }

  public boolean hasPendingQuit() {
    return ((Long.parseUnsignedLong(status("SigPnd"), 16) | Long.parseUnsignedLong(status("ShdPnd"), 16)) & 4) != 0;
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
    Files.deleteIfExists(output);
    // A JVM that is killed leaves its socket behind.
    Files.deleteIfExists(Path.of("/tmp/.java_pid" + pid()));
  }
}
