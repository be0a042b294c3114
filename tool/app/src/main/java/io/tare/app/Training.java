package io.tare.app;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tare.app.cli.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
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
 * What the start-up caches are trained on: real readings of the training JVM itself, or with the word {@code heap} analyses of a
 * dump of it. The launcher runs each once after a build.
 */
final class Training {
  /** Enough objects that the hot loops get compiled, and with them what is known of their branches gets written down. */
  private static final int ROUNDS = 60_000;

  private Training() {}

  public static void main(String[] words) throws IOException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console = new Console(nowhere, System.err, true, false, Map.of("LANG", "C.UTF-8"));
    if (Arrays.asList(words).contains("heap")) {
      analyse(console);
    } else {
      read(console);
    }
  }

  private static void read(Console console) {
    String self = Long.toString(ProcessHandle.current().pid());
    Main.run(List.of(self), console);
    Main.run(List.of(self, "--format", "json"), console);
    Main.run(List.of(self, "--format", "html"), console);
    Main.run(List.of("ps"), console);
    Main.run(List.of("help"), console);
  }

  private static void analyse(Console console) throws IOException {
    Path folder = Files.createTempDirectory("tare-training-");
    Path dump = folder.resolve("small.hprof");
    try {
      dump(dump);
      Main.run(List.of("heap", dump.toString()), console);
      Main.run(List.of("heap", dump.toString(), "--format", "json"), console);
      Main.run(List.of("heap", dump.toString(), "--format", "html"), console);
      Main.run(List.of("heap", dump.toString(), "--histogram"), console);
    } finally {
      Files.deleteIfExists(dump);
      Files.delete(folder);
    }
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
