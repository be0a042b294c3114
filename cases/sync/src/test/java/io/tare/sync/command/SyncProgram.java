package io.tare.sync.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a JVM of its own, with the heap that it is meant for. */
public final class SyncProgram {
  private static final List<String> FLAGS = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
      "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
      "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
      "-Dtare.marks=off");

  private SyncProgram() {}

  /** What it said, and its exit code. */
  public record Ended(int exitCode, String said) {}

  public static Process start(Map<String, String> environment, Path output, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    // Where the database unpacks its library, which a kill leaves there.
    command.add("-Djava.io.tmpdir=" + output.toAbsolutePath().getParent());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.tare.sync.Main"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  public static Ended run(Map<String, String> environment, Path output, String... words)
      throws IOException, InterruptedException {
    Process process = start(environment, output, words);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("did not end in two minutes");
    }
    return new Ended(process.exitValue(), java.nio.file.Files.readString(output, StandardCharsets.UTF_8));
  }
}
