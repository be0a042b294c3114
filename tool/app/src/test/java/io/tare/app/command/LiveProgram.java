package io.tare.app.command;

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
    Wish.Stage stage = new Wish.Stage(sizeBytes, Duration.ofSeconds(120),
        Path.of(System.getProperty("java.io.tmpdir")));
    try {
      List<String> command = new ArrayList<>(Launcher.launch(FaultTable.byName(name).orElseThrow(),
          new Wish(java, Optional.of("Serial"), stage, Optional.empty())).command());
      command.addAll(1, List.of(flags));
      Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader output = process.inputReader();
      for (String line = output.readLine(); !line.startsWith("{"); line = output.readLine()) {
        if (!process.isAlive()) {
          throw new IOException(name + " did not start");
        }
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
