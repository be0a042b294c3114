package io.tare.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second JVM of the same Java that runs a main class of the tests. */
public final class ChildJvm implements AutoCloseable {
  private final Process process;

  private ChildJvm(Process process) {
    this.process = process;
  }

  public static ChildJvm start(Class<?> main, List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(command(main, options));
    command.addAll(Arrays.asList(arguments));
    return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  public static List<String> command(Class<?> main, List<String> options) {
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return command;
  }

  public Process process() {
    return process;
  }

  /** All that it printed until its end. */
  public String output() throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor(60, TimeUnit.SECONDS);
    return output;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
