package io.tare.cases.faults.launch;

import io.tare.cases.faults.leaks.Leak;
import io.tare.cases.faults.leaks.Leaks;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a leak program in a JVM of its own until it has dumped its heap. */
public final class LeakDump {
  private static final long MOST_SECONDS = 120;

  private LeakDump() {}

  public static void write(Path java, Leak leak, Path dump) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(java.toString(), "-Xmx64m", "-XX:+UseSerialGC", "-cp",
        OwnClassPath.location().toString(), Leaks.class.getName(), leak.name(), "--dump", dump.toString()))
        .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
    process.outputWriter().close();
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(leak.name() + " takes too long");
    }
    if (process.exitValue() != 0) {
      throw new IOException(leak.name() + " ended with exit code " + process.exitValue());
    }
  }
}
