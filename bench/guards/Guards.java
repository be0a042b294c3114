import io.tare.junit.MemoryGuards;
import io.tare.probe.LeakOptions;
import io.tare.probe.LeakProtocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Runs one planted leak, or names them: {@code Guards names}, {@code Guards leak NAME}. */
class Guards {
  public static void main(String[] words) throws Exception {
    Path file = Leaks.someFile();
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
      MemoryGuards.noLeak(LeakOptions.ofRounds(20), () -> leak.work().run());
      message = words.length > 2 ? LeakProtocol.rounds(20, () -> leak.work().run()).inWords() : "";
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
}
