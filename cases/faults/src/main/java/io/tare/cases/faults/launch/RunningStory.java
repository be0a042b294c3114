package io.tare.cases.faults.launch;

import io.tare.cases.faults.overtime.Stories;
import io.tare.cases.faults.overtime.Story;
import io.tare.cases.faults.scene.JsonReader;
import io.tare.cases.faults.scene.Skipped;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A story that was started and has said its truth. It ends when this is closed. */
public final class RunningStory implements AutoCloseable {
  private static final long MOST_SECONDS_TO_END = 20;
  private final Process process;
  private final Map<String, Object> line;

  private RunningStory(Process process, Map<String, Object> line) {
    this.process = process;
    this.line = line;
  }

  /** How somebody wants a story to be played. */
  public record Wish(Path java, double speed, Duration hold, Path directory) {}

  /** The command that plays it. */
  public static List<String> command(Story story, Wish wish) throws IOException, Skipped {
    List<String> command = new ArrayList<>(List.of(wish.java().toString()));
    command.addAll(story.flags());
    command.addAll(JavaRelease.quietUnsafe(JavaRelease.feature(wish.java())));
    command.addAll(List.of("-cp", OwnClassPath.location().toString(), Stories.class.getName(), story.name(), "--speed",
        Double.toString(wish.speed()), "--hold", Long.toString(wish.hold().toSeconds()), "--dir",
        wish.directory().toString()));
    return command;
  }

  /** Starts it and waits until its time runs. */
  public static RunningStory start(Story story, Wish wish) throws IOException, InterruptedException, Skipped {
    Process process = new ProcessBuilder(command(story, wish)).redirectError(Redirect.DISCARD).start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    while (line != null && !line.startsWith("{")) {
      line = output.readLine();
    }
    if (line == null) {
      process.destroyForcibly();
      throw new IOException(story.name() + " ended without a word: exit code " + process.waitFor());
    }
    return new RunningStory(process, JsonReader.object(line));
  }

  public long pid() {
    return process.pid();
  }

  /** What it said of itself. */
  public Map<String, Object> line() {
    return line;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws IOException {
    try {
      process.outputWriter().close();
      if (!process.waitFor(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
