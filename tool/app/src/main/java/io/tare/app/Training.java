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
 * What the start-up caches are trained on: real readings, of the training JVM itself. The launcher runs it after a build, once for short
 * commands and once for the recorder.
 */
final class Training {
  private Training() {}

  public static void main(String[] words) throws IOException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console = new Console(nowhere, System.err, true, false, Map.of("LANG", "C.UTF-8"));
    String self = Long.toString(ProcessHandle.current().pid());
    Path folder = Files.createTempDirectory("tare-training");
    String recording = folder.resolve("self.tarerec").toString();
    if (words.length > 0 && words[0].equals("recorder")) {
      Main.run(List.of("record", self, "-o", recording, "--for", "4s", "--ledger-every", "1s"), console);
    } else {
      shortCommands(self, recording, console);
    }
    Files.deleteIfExists(Path.of(recording));
    Files.deleteIfExists(folder);
  }

  private static void shortCommands(String self, String recording, Console console) {
    Main.run(List.of(self), console);
    Main.run(List.of(self, "--format", "json"), console);
    Main.run(List.of(self, "--format", "html"), console);
    Main.run(List.of("ps"), console);
    Main.run(List.of("help"), console);
    Main.run(List.of("record", self, "-o", recording, "--for", "1s"), console);
    Main.run(List.of(recording), console);
    Main.run(List.of(recording, "--format", "json"), console);
    Main.run(List.of("diff", recording, recording), console);
    Main.run(List.of("check", recording, "--no-leak"), console);
  }
}
