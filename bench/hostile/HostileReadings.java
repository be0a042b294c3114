import io.tare.capture.CaptureException;
import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.ledger.Explanation;
import io.tare.model.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Reads a random child of a process again and again, and says how the readings ended. */
public class HostileReadings {
  public static void main(String[] words) throws Exception {
    long parent = Long.parseLong(words[0]);
    int readings = Integer.parseInt(words[1]);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, Integer> outcomes = new TreeMap<>();
    long longest = 0;
    int shown = 0;
    for (int i = 0; i < readings; i++) {
      List<Long> children = children(parent);
      if (children.isEmpty()) {
        Thread.sleep(1);
        i--;
        continue;
      }
      long began = System.nanoTime();
      String outcome;
      try {
        Report report = Explanation.explain(new Capturer().capture(children.get(random.nextInt(children.size())),
            CaptureOptions.PASSIVE, step -> {}));
        outcome = report.ledger().isPresent() ? "a ledger" : "no mappings";
      } catch (CaptureException told) {
        outcome = "told: " + told.reason();
      } catch (RuntimeException | Error thrown) {
        outcome = "THROWN: " + thrown.getClass().getSimpleName();
        if (shown++ < 3) {
          thrown.printStackTrace();
        }
      }
      outcomes.merge(outcome, 1, Integer::sum);
      longest = Math.max(longest, System.nanoTime() - began);
    }
    System.out.printf("%s: %,d readings (seed %d): %s%n  longest %d ms, peak memory %s, threads %d, open files %d%n", words[2],
        readings, seed, outcomes, longest / 1_000_000, peak(), Thread.activeCount(), openFiles());
    System.exit(outcomes.keySet().stream().anyMatch(outcome -> outcome.startsWith("THROWN")) ? 1 : 0);
  }

  private static List<Long> children(long parent) {
    return ProcessHandle.of(parent).stream().flatMap(ProcessHandle::children).map(ProcessHandle::pid).toList();
  }

  private static String peak() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM")).findFirst()
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB").orElse("unknown");
  }

  private static long openFiles() throws Exception {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
