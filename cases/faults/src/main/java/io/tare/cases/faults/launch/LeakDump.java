package io.tare.cases.faults.launch;

import io.tare.cases.faults.leaks.Leak;
import io.tare.cases.faults.leaks.Leaks;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a leak program in a JVM of its own, and has its JDK's {@code jcmd} dump its heap. */
public final class LeakDump {
  private static final long MOST_SECONDS = 120;

  private LeakDump() {}

  /** With flags for its JVM. A name that ends in {@code .gz} makes the JVM compress the dump. */
  public static void write(Path java, Leak leak, Path dump, String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx64m"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", OwnClassPath.location().toString(), Leaks.class.getName(), leak.name()));
    Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      while (line != null && !line.startsWith("{")) {
        line = output.readLine();
      }
      if (line == null) {
        throw new IOException(leak.name() + " ended without a word: exit code " + process.waitFor());
      }
      dump(java, process.pid(), dump);
      process.outputWriter().close();
      ended(process, leak.name());
    } finally {
      process.destroyForcibly();
    }
  }

  private static void dump(Path java, long pid, Path dump) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(
        List.of(java.resolveSibling("jcmd").toString(), Long.toString(pid), "GC.heap_dump"));
    if (dump.toString().endsWith(".gz")) {
      command.add("-gz=1");
    }
    command.add(dump.toString());
    ended(new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start(), "jcmd");
  }

  private static void ended(Process process, String name) throws IOException, InterruptedException {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(name + " takes too long");
    }
    if (process.exitValue() != 0) {
      throw new IOException(name + " ended with exit code " + process.exitValue());
    }
  }
}
