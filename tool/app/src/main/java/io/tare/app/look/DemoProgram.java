package io.tare.app.look;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A running demonstration. It ends when it is closed: its input ends, and it takes that as its sign. */
record DemoProgram(Process process, String truth) implements AutoCloseable {
  private static final long SECONDS_TO_END = 5;

  /** Starts it and waits until it has built up its situation and says so. */
  static DemoProgram start(ProcessBuilder builder) throws IOException {
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    // Not closed here: the program's output stays open as long as it runs.
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    while (line != null && !line.contains("\"ready\":true")) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("the demonstration ended before it was ready");
    }
    return new DemoProgram(process, line);
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
