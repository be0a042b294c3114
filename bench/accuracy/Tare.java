import io.tare.cases.faults.scene.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command under test. */
record Tare(String command, boolean ask) {
  private static final long MOST_SECONDS = 60;

  /** One reading of a process, and how long the command took from outside. */
  LedgerReading weigh(long pid) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of(Long.toString(pid), "--format", "json"));
    if (ask) {
      words.add("--ask");
    }
    Path output = Files.createTempFile("tare-reading-", ".json");
    Path errors = Files.createTempFile("tare-reading-", ".err");
    try {
      long start = System.nanoTime();
      Process process = new ProcessBuilder(words).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("no answer within " + MOST_SECONDS + " seconds");
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      if (process.exitValue() != 0) {
        throw new IOException("exit code " + process.exitValue() + ": " + Files.readString(errors).strip());
      }
      return new LedgerReading(JsonReader.object(Files.readString(output, StandardCharsets.UTF_8)), millis);
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }
}
