import io.tare.cases.faults.launch.InstalledJdks;
import io.tare.cases.faults.launch.RunningFault;
import io.tare.cases.faults.launch.Wish;
import io.tare.cases.faults.scene.Json;
import io.tare.cases.faults.scene.Skipped;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Weighs every fault of the labelled corpus with Tare and judges each ledger by the fault's own truth.
 *
 * <p>{@code mvn -q -pl cases/faults compile && java -cp cases/faults/target/classes bench/accuracy/Accuracy.java}: one
 * process at a time; a table on the screen, a line of JSON per reading in a file; exit code 1 if a bound was broken, 3
 * if a reading failed.
 */
public final class Accuracy {
  private static final Duration HOLD = Duration.ofSeconds(120);
  private final Options options;
  private final Tare tare;
  private final Path directory;
  private final Summary summary = new Summary();
  private final Worst worst = new Worst();

  private Accuracy(Options options, Path directory) {
    this.options = options;
    this.tare = new Tare(options.tare(), options.ask());
    this.directory = directory;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(Options.USAGE);
      System.exit(2);
      return;
    }
    System.exit(run(options).exitCode());
  }

  private static Summary run(Options options) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("tare-accuracy-");
    try {
      return new Accuracy(options, directory).weighAll();
    } finally {
      remove(directory);
    }
  }

  private Summary weighAll() throws IOException, InterruptedException {
    SortedMap<Integer, Path> jdks = InstalledJdks.javaByFeature();
    Files.createDirectories(options.out().toAbsolutePath().getParent());
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(options.out()))) {
      System.out.println(Row.HEADING);
      for (Case wanted : Case.all(jdks.keySet(), options)) {
        weigh(wanted, jdks.get(wanted.jdk()), out);
        out.flush();
      }
    }
    System.out.println();
    System.out.println(worst.table());
    System.out.println();
    System.out.println(summary.text() + "; readings in " + options.out());
    return summary;
  }

  private void weigh(Case wanted, Path java, PrintWriter out) throws InterruptedException {
    Wish wish = new Wish(java, wanted.collectorIfAny(), new Wish.Stage(options.sizeBytes(), HOLD, directory),
        Optional.empty());
    try (RunningFault running = RunningFault.start(wanted.fault(), wish)) {
      LedgerReading ledger = tare.weigh(running.pid());
      Judgement judgement = Judgement.of(ledger, running, options.ask());
      summary.add(judgement);
      worst.add(wanted.fault().name(), ledger, judgement);
      System.out.println(Row.of(wanted, ledger, judgement));
      out.println(Json.of(JsonRow.of(wanted, running, ledger, judgement)));
    } catch (Skipped skipped) {
      summary.skip();
      System.out.println(Row.without(wanted, "skipped: " + skipped.getMessage()));
      out.println(Json.of(Map.of("case", wanted.label(), "skipped", skipped.getMessage())));
    } catch (IOException | IllegalArgumentException failed) {
      summary.fail();
      System.out.println(Row.without(wanted, "failed: " + failed.getMessage()));
      out.println(Json.of(Map.of("case", wanted.label(), "failed", String.valueOf(failed.getMessage()))));
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> left = Files.list(directory)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
