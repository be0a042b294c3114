import io.tare.junit.MemoryGuards;
import io.tare.probe.leftovers.LeakOptions;
import io.tare.probe.leftovers.LeakProtocol;
import io.tare.probe.leftovers.LeakReport;
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

  /** Innocent tests in one process, as a build runs them, again and again: those whose names contain a word, or whose numbers lie in "1-5". */
  private static void innocent(Path file, int passes, String only) throws Exception {
    int failures = 0;
    int runs = 0;
    double seconds = 0;
    List<Innocents.Innocent> all = Innocents.all(file);
    for (int i = 0; i < all.size(); i++) {
      Innocents.Innocent test = all.get(i);
      if (!chosen(test.name(), i + 1, only)) {
        continue;
      }
      int failed = 0;
      long start = System.nanoTime();
      for (int pass = 1; pass <= passes; pass++) {
        LeakReport report = LeakProtocol.run(LeakOptions.ofRounds(ROUNDS).ignoring(test.declared()), () -> test.work().run());
        if (report.verdict() != LeakReport.Verdict.CLEAN) {
          failed++;
          System.out.println("FAILED " + test.name() + ", pass " + pass + "\n" + report.inWords().indent(4));
        }
      }
      double took = (System.nanoTime() - start) / 1e9;
      System.out.printf(Locale.ROOT, "%2d  %-42s %3d runs %3d failed %6.2f s each%n", i + 1, test.name(), passes, failed, took / passes);
      runs += passes;
      failures += failed;
      seconds += took;
    }
    System.out.printf(Locale.ROOT, "innocent tests: %d runs, %d failures, %.1f s for each on average, %.1f s of CPU in all%n", runs, failures,
        seconds / runs, ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
    Runtime.getRuntime().halt(failures == 0 ? 0 : 1);
  }

  private static boolean chosen(String name, int number, String only) {
    if (only.matches("\\d+-\\d+")) {
      String[] ends = only.split("-");
      return number >= Integer.parseInt(ends[0]) && number <= Integer.parseInt(ends[1]);
    }
    return name.contains(only);
  }
}
