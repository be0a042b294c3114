import io.tare.junit.MemoryGuards;
import io.tare.probe.LeakOptions;
import io.tare.probe.LeakProtocol;
import io.tare.probe.LeakReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Runs one planted leak, or names them: {@code Guards names}, {@code Guards leak NAME}; or all innocent tests so many times: {@code Guards innocent 5}. */
class Guards {
  private static final int ROUNDS = Integer.getInteger("rounds", 12);

  public static void main(String[] words) throws Exception {
    Path file = Leaks.someFile();
    if (words[0].equals("innocent")) {
      innocent(file, Integer.parseInt(words[1]), words.length > 2 ? words[2] : "");
      return;
    }
    List<Leaks.Planted> all = new ArrayList<>(Leaks.all(file));
    all.addAll(MoreLeaks.all(file));
    if (words[0].equals("names")) {
      all.forEach(leak -> System.out.println(leak.name()));
      return;
    }
    Leaks.Planted leak = all.stream().filter(each -> each.name().equals(words[1])).findFirst().orElseThrow();
    long start = System.nanoTime();
    String message = "";
    try {
      MemoryGuards.noLeak(LeakOptions.ofRounds(ROUNDS), () -> leak.work().run());
      message = words.length > 2 ? LeakProtocol.rounds(ROUNDS, () -> leak.work().run()).inWords() : "";
    } catch (AssertionError found) {
      message = String.valueOf(found.getMessage());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String blamed = message.lines().takeWhile(line -> !line.startsWith("Grows, and") && !line.startsWith("Grew, then")
        && !line.startsWith("There now")).collect(Collectors.joining("\n"));
    boolean found = message.startsWith("Leak");
    boolean named = leak.named().stream().anyMatch(blamed::contains);
    System.out.printf(Locale.ROOT, "%-8s %5.1f s  %s%n", !found ? "MISSED" : named ? "named" : "unnamed", seconds, leak.name());
    if (!named || words.length > 2) {
      System.out.println(message.indent(4));
    }
    Runtime.getRuntime().halt(named ? 0 : 1);
  }

  /** All innocent tests in one process, as a build runs them, again and again. */
  private static void innocent(Path file, int passes, String only) throws Exception {
    int failures = 0;
    int runs = 0;
    double seconds = 0;
    for (Innocents.Innocent test : Innocents.all(file)) {
      for (int pass = 0; pass < passes && test.name().contains(only); pass++) {
        long start = System.nanoTime();
        LeakReport report = LeakProtocol.run(LeakOptions.ofRounds(ROUNDS).ignoring(test.declared()), () -> test.work().run());
        seconds += (System.nanoTime() - start) / 1e9;
        runs++;
        if (report.verdict() != LeakReport.Verdict.CLEAN) {
          failures++;
          System.out.println("FAILED " + test.name() + ", pass " + pass + "\n" + report.inWords().indent(4));
        } else if (!only.isEmpty()) {
          System.out.println("passed " + test.name() + "\n" + report.inWords().indent(4));
        }
      }
    }
    System.out.printf(Locale.ROOT, "innocent tests: %d runs, %d failures, %.1f s for each on average, %.1f s of CPU in all%n", runs, failures,
        seconds / runs, ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
    Runtime.getRuntime().halt(failures == 0 ? 0 : 1);
  }
}
