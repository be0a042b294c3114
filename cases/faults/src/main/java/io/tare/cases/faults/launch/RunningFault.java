package io.tare.cases.faults.launch;

import io.tare.cases.faults.scene.JsonReader;
import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.table.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A fault that was started and has said its truth. It ends when this is closed. */
public final class RunningFault implements AutoCloseable {
  private static final long MOST_SECONDS_TO_END = 20;
  private final Process process;
  private final Map<String, Object> line;

  private RunningFault(Process process, Map<String, Object> line) {
    this.process = process;
    this.line = line;
  }

  /** Starts it and waits until it is ready. */
  public static RunningFault start(Fault fault, Wish wish) throws IOException, InterruptedException, Skipped {
    Launch launch = Launcher.launch(fault, wish);
    ProcessBuilder builder = new ProcessBuilder(launch.command()).redirectError(Redirect.DISCARD);
    builder.environment().putAll(launch.environment());
    Process process = builder.start();
    BufferedReader output = process.inputReader();
    String line = firstTruth(output);
    if (line == null) {
      process.destroyForcibly();
      throw new IOException(fault.name() + " ended without a word: exit code " + process.waitFor());
    }
    RunningFault running = new RunningFault(process, JsonReader.object(line));
    if (running.line.get("skipped") instanceof String reason) {
      running.end();
      throw new Skipped(reason);
    }
    return running;
  }

  /** The JVM may print warnings of its own first. */
  private static @Nullable String firstTruth(BufferedReader output) throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith("{")) {
      line = output.readLine();
    }
    return line;
  }

  public long pid() {
    return process.pid();
  }

  /** What it said of itself. */
  public Map<String, Object> line() {
    return line;
  }

  /** One of {@code truth}, {@code atLeast}, {@code atMost}: bytes by account. */
  @SuppressWarnings("unchecked")
  public Map<String, Long> bytes(String part) {
    return (Map<String, Long>) line.getOrDefault(part, Map.of());
  }

  /** Ends its input; returns its exit code. */
  public int end() throws IOException, InterruptedException {
    process.outputWriter().close();
    if (!process.waitFor(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("process " + process.pid() + " did not end with its input");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    try {
      end();
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
