package io.tare.app;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tare.app.cli.Console;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the start-up caches are trained on; the launcher runs each of three once after a build. Short commands and the recorder
 * read the training JVM itself; with the word {@code heap} a dump of it is analysed. A package has one for {@code ps} alone.
 */
final class Training {
  /** Enough objects that the hot loops get compiled, and with them what is known of their branches gets written down. */
  private static final int ROUNDS = 60_000;

  private static final List<List<String>> QUESTIONS = List.of(List.of(), List.of("--format", "html"),
      List.of("--histogram"), List.of("--collections"), List.of("--class", "java.util.HashMap"),
      List.of("--select", "SELECT m, m.size FROM java.util.HashMap m WHERE m.size = 1 LIMIT 20"),
      List.of("--select", "SELECT s FROM java.lang.String s WHERE toString(s) LIKE \"row 12.*\""),
      List.of("--select", "SELECT count(*), sum(l.@retainedHeapSize) FROM java.util.ArrayList l"),
      List.of("--select", "SELECT e.value, count(*) FROM java.util.TreeMap$Entry e GROUP BY e.value LIMIT 10"),
      List.of("--select", "SELECT m FROM java.util.HashMap m ORDER BY m.@retainedHeapSize DESC LIMIT 1"),
      List.of("--select", "SELECT s.@heldBy FROM INSTANCEOF java.lang.ClassLoader s"),
      List.of("--select", "SELECT * FROM OBJECTS (dominators(-1)) o ORDER BY o.@retainedHeapSize DESC LIMIT 20"),
      List.of("--object", "0x0"));

  private Training() {}

  public static void main(String[] words) throws IOException {
    Console console = Console.withoutAnswers(Map.of("LANG", "C.UTF-8"));
    String cache = words.length == 0 ? "tare" : words[0];
    if (cache.equals("ps")) {
      glance(console);
      // Where a package is made, a folder that looks like /proc, with processes of every kind.
      for (String made : Arrays.asList(words).subList(1, words.length)) {
        Main.run(List.of("ps", "--proc", made), console);
        Main.run(List.of("ps", "--proc", made, "--ascii", "--width", "60", "--sort", "name"), console);
        Main.run(List.of("ps", "--proc", made, "--color", "always", "--si", "--sort", "pid"), console);
        Main.run(List.of("ps", "--proc", made, "--format", "json"), console);
      }
      return;
    }
    Path folder = Files.createTempDirectory("tare-training-");
    Path file = folder.resolve(cache.equals("heap") ? "self.hprof" : "self.tarerec");
    try {
      switch (cache) {
        case "heap" -> heap(file, console);
        case "recorder" -> recorder(file.toString(), console);
        default -> shortCommands(file.toString(), console);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static String self() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static void recorder(String recording, Console console) {
    Main.run(List.of("record", self(), "-o", recording, "--for", "4s", "--ledger-every", "1s"), console);
  }

  private static void glance(Console console) {
    // As each start does, and a training that is given its environment does not.
    Console.ofThisProcess();
    // Where no language is set, as in most containers, a terminal is taken to know ASCII only.
    Charset.forName("ANSI_X3.4-1968").encode("−");
    Main.run(List.of("ps"), console);
    Main.run(List.of("ps", "--sort", "tare", "--top", "2", "--format", "json"), console);
  }

  private static void shortCommands(String recording, Console console) {
    String self = self();
    glance(console);
    Main.run(List.of("--version"), console);
    Main.run(List.of(self), console);
    Main.run(List.of(self, "--format", "json"), console);
    Main.run(List.of(self, "--format", "html"), console);
    Main.run(List.of("help"), console);
    Main.run(List.of("record", self, "-o", recording, "--for", "1s"), console);
    Main.run(List.of(recording), console);
    Main.run(List.of(recording, "--format", "json"), console);
    Main.run(List.of("diff", recording, recording), console);
    Main.run(List.of("check", recording, "--no-leak"), console);
  }

  private static void heap(Path file, Console console) throws IOException {
    dump(file);
    String dump = file.toString();
    Main.run(List.of("heap", dump), console);
    Main.run(List.of("heap", dump, "--format", "json"), console);
    Main.run(List.of("heap", dump, "--format", "html"), console);
    Main.run(List.of("heap", dump, "--histogram"), console);
    // The second question: from what the first one has kept, as it is with dumps that are worth it.
    for (List<String> question : QUESTIONS) {
      List<String> words = new ArrayList<>(List.of("heap", dump, "--index", "beside"));
      words.addAll(question);
      Main.run(words, console);
    }
    Main.run(List.of("heap", dump, "--forget"), console);
  }

  private static void dump(Path file) throws IOException {
    List<Object> held = mix();
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
    } finally {
      Reference.reachabilityFence(held);
    }
  }

  /** What applications hold: maps, lists, strings unique and repeated, boxed numbers, arrays of bytes; some of it shared. */
  private static List<Object> mix() {
    Map<Long, Object> map = new HashMap<>();
    TreeMap<Integer, String> tree = new TreeMap<>();
    Queue<Object> list = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < ROUNDS; i++) {
      Object shared = map.getOrDefault(i / 2L, "");
      List<Object> row = new ArrayList<>(Arrays.asList("row " + i, "word " + i % 100, i * 7, shared));
      map.put((long) i, row);
      if (i % 4 == 0) {
        tree.put(i * 31 % ROUNDS, "leaf " + i);
        list.add(row);
        list.add(new byte[i % 512]);
        list.add(new HashMap<>(Map.of("row", row)));
      }
    }
    return List.of(map, tree, list);
  }
}
