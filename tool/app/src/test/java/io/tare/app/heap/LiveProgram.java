package io.tare.app.heap;

import static org.junit.jupiter.api.Assumptions.abort;

import io.tare.cases.faults.launch.InstalledJdks;
import io.tare.cases.faults.launch.Launcher;
import io.tare.cases.faults.launch.Wish;
import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.table.FaultTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of the corpus in a JVM with flags of our own; ends with the test. */
record LiveProgram(Process process) implements AutoCloseable {

  /** The file {@code java} of that release; without one the test is left out. */
  static Path java(int feature) throws IOException {
    Map<Integer, Path> jdks = InstalledJdks.javaByFeature();
    Path java = jdks.get(feature);
    return java != null ? java : abort("no JDK " + feature + " is installed");
  }

  static LiveProgram start(String name, Path java, long sizeBytes, String... flags) throws Exception {
    return start(List.of(), name, java, sizeBytes, List.of(flags));
  }

  /** Started by another command: {@code setpriv …}, {@code unshare …}. */
  static LiveProgram startBy(List<String> command, Path java, long sizeBytes) throws Exception {
    try {
      return start(command, "live-heap", java, sizeBytes, List.of());
    } catch (IOException didNotStart) {
      return abort("not possible here: " + String.join(" ", command));
    }
  }

  private static LiveProgram start(List<String> before, String name, Path java, long sizeBytes, List<String> flags)
      throws Exception {
    Wish.Stage stage = new Wish.Stage(sizeBytes, Duration.ofSeconds(600),
        Path.of(System.getProperty("java.io.tmpdir")));
    try {
      List<String> command = new ArrayList<>(Launcher.launch(FaultTable.byName(name).orElseThrow(),
          new Wish(java, Optional.of("Serial"), stage, Optional.empty())).command());
      command.addAll(1, flags);
      command.addAll(0, before);
      Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader output = process.inputReader();
      String line = output.readLine();
      while (line != null && !line.startsWith("{")) {
        line = output.readLine();
      }
      if (line == null) {
        throw new IOException(name + " did not start");
      }
      return new LiveProgram(process);
    } catch (Skipped skipped) {
      return abort(skipped.getMessage());
    }
  }

  String pid() {
    return Long.toString(process.pid());
  }

  @Override
  public void close() throws IOException {
    process.outputWriter().close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
