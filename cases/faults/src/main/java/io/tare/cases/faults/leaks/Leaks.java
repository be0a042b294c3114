package io.tare.cases.faults.leaks;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tare.cases.faults.scene.Hold;
import io.tare.cases.faults.scene.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The corpus of leaks in the heap: {@code Leaks NAME} leaks in one way, prints its truth as one line of JSON and waits until its
 * input ends; with {@code --dump FILE} it dumps its heap first. {@code Leaks list} names them all.
 */
public final class Leaks {
  /** So many things leak; together they are most of the heap. */
  static final int MANY = 20_000;
  static final int EACH_BYTES = 300;

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final String USAGE = """
      usage: Leaks list
             Leaks NAME [--dump FILE.hprof]""";

  private Leaks() {}

  public static void main(String[] arguments) throws Exception {
    try {
      run(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      System.exit(2);
    }
    System.exit(0);
  }

  private static void run(List<String> words) throws Exception {
    if (words.equals(List.of("list"))) {
      LeakTable.all().forEach(leak -> System.out.println(Json.of(facts(leak))));
      return;
    }
    boolean dump = words.size() == 3 && words.get(1).equals("--dump");
    if (words.size() != 1 && !dump) {
      throw new IllegalArgumentException("expected the name of one leak");
    }
    Leak leak = LeakTable.byName(words.get(0))
        .orElseThrow(() -> new IllegalArgumentException("no leak is named " + words.get(0)));
    Hold.endAfter(LONGEST);
    leak.program().leak();
    if (dump) {
      dump(words.get(2));
    }
    Map<String, Object> line = facts(leak);
    line.put("pid", ProcessHandle.current().pid());
    line.put("jdk", System.getProperty("java.version", ""));
    line.put("ready", true);
    System.out.println(Json.of(line));
    System.out.flush();
    Hold.untilInputEnds();
  }

  private static void dump(String file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file, true);
  }

  private static Map<String, Object> facts(Leak leak) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("leak", leak.name());
    facts.put("sentence", leak.sentence());
    facts.put("suspect", leak.suspect());
    facts.put("piledUp", leak.piledUp());
    return facts;
  }

  /** As long as the other things that leak. */
  static String text(String start, int number) {
    return start + number + " ".repeat(EACH_BYTES - start.length());
  }
}
