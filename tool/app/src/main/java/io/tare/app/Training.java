package io.tare.app;

import io.tare.app.cli.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    record(self, console);
  }

  /** The recorder's classes too: it stays for hours, and what it need not load by itself it need not hold. */
  private static void record(String self, Console console) {
    try {
      Path folder = Files.createTempDirectory("tare-training");
      String recording = folder.resolve("self.tarerec").toString();
      Main.run(List.of("record", self, "-o", recording, "--for", "3s", "--ledger-every", "1s"), console);
      Main.run(List.of("watch", self, "--plain", "--for", "1s"), console);
      Main.run(List.of(recording), console);
      Main.run(List.of(recording, "--format", "json"), console);
      Main.run(List.of("diff", recording, recording), console);
      Main.run(List.of("check", recording, "--no-leak"), console);
      Files.deleteIfExists(Path.of(recording));
      Files.deleteIfExists(folder);
    } catch (IOException noRoom) {
      console.err().println("no training of recordings: " + noRoom.getMessage());
    }
  }
}
