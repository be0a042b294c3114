package io.tare.capture.memory.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A running program that prints what is true of it as lines {@code truth key=value}, then {@code ready}, and waits.
 *
 * @param truth the values that it printed, in bytes or counts
 * @param said what else it printed
 */
public record NativeProgram(Process process, Map<String, Long> truth, List<String> said) implements AutoCloseable {
  /** Of the fields behind the name. */
  private static final int STATE = 0;
  private static final int MINOR_FAULTS = 7;
  private static final long MOST_NANOS = 2_000_000_000;

  public static NativeProgram start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    Map<String, Long> truth = new TreeMap<>();
    List<String> other = new ArrayList<>();
    for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
      if (line == null) {
        throw new IOException("the program ended before it was ready: " + other);
      }
      if (line.startsWith("truth ")) {
        String[] keyAndValue = line.substring("truth ".length()).split("=");
        truth.put(keyAndValue[0], Long.parseLong(keyAndValue[1].strip()));
      } else {
        other.add(line);
      }
    }
    NativeProgram program = new NativeProgram(process, truth, other);
    program.awaitWaiting();
    return program;
  }

  /** What it does between its last word and its waiting, such as looking up a function for the first time, may fault pages in. */
  private void awaitWaiting() throws IOException {
    long began = System.nanoTime();
    while (!stat()[STATE].equals("S") && System.nanoTime() - began < MOST_NANOS) {
      LockSupport.parkNanos(100_000);
    }
  }

  public long pid() {
    return process.pid();
  }

  public Path folder() {
    return Path.of("/proc", String.valueOf(pid()));
  }

  /** A number of the process's {@code status}, as the kernel prints it. */
  public String status(String key) throws IOException {
    return Files.readAllLines(folder().resolve("status")).stream().filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip()).findFirst().orElse("");
  }

  /** How many pages the process faulted in without reading a file. */
  public long minorFaults() throws IOException {
    return Long.parseLong(stat()[MINOR_FAULTS]);
  }

  private String[] stat() throws IOException {
    String stat = Files.readString(folder().resolve("stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
