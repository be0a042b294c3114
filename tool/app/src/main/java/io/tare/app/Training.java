package io.tare.app;

import io.tare.app.cli.Console;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What the start-up cache is trained on: real readings, of the training JVM itself. The launcher runs it once after a build.
 */
final class Training {
  private Training() {}

  public static void main(String[] words) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console = new Console(nowhere, System.err, true, false, Map.of("LANG", "C.UTF-8"));
    String self = Long.toString(ProcessHandle.current().pid());
    Main.run(List.of(self), console);
    Main.run(List.of(self, "--format", "json"), console);
    Main.run(List.of(self, "--format", "html"), console);
    Main.run(List.of("ps"), console);
    Main.run(List.of("help"), console);
  }
}
