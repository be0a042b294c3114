package io.tare.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command as a process of its own, started by a shell so that its pid ({@code $$}), its umask and its output can be arranged.
 *
 * @param folder what it takes for the folder of temporary files
 */
record TareProcess(Path folder) {

  /** How it ended. */
  record Ended(int code, String out, String err) {}

  /** @param script what the shell does; {@code "$@"} in it is the command */
  Ended run(String script, String... words) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = start(script, out, err, words);
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends, whatever is planted").isTrue();
      return new Ended(process.exitValue(), read(out), read(err));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private Process start(String script, Path out, Path err, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh",
        ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m", "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + folder,
        "-cp", System.getProperty("java.class.path"), "io.tare.app.Main"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile())
        .directory(folder.toFile());
    builder.environment().remove("XDG_RUNTIME_DIR");
    builder.environment().remove("TARE_RECORDING");
    builder.environment().put("LANG", "C.UTF-8");
    return builder.start();
  }

  /** Runs another program to its end; its exit code. */
  static int other(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }
}
