package io.tare.yaml.command;

import com.sun.management.OperatingSystemMXBean;
import io.tare.yaml.Yaml;
import io.tare.yaml.YamlDocument;
import io.tare.yaml.YamlDocument.Kind;
import io.tare.yaml.naive.NaiveTree;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What one way of loading costs this process: read from {@code /proc/self/status}, before and after. */
final class Weigh {
  /** In the order in which they are printed, tab-separated; {@link Variants} reads it. */
  record Reading(long rss, long anonymous, long file, long peak) {
    static Reading now() throws IOException {
      long[] values = new long[4];
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        for (int i = 0; i < values.length; i++) {
          if (line.startsWith(List.of("VmRSS:", "RssAnon:", "RssFile:", "VmHWM:").get(i))) {
            values[i] = Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
          }
        }
      }
      return new Reading(values[0], values[1], values[2], values[3]);
    }

    Reading since(Reading before) {
      return new Reading(rss - before.rss, anonymous - before.anonymous, file - before.file, peak - before.rss);
    }
  }

  private static final String SMALL = "- a: 1\n  b: [x, \"y\\n\", 2.5]\n  c: |\n    text\n";

  private Weigh() {}

  /** Loads once, in a JVM that has loaded something small before, and prints what was added. */
  static void variant(Request request, PrintStream out) throws IOException {
    for (int i = 0; i < 3; i++) {
      try (YamlDocument small = Yaml.load(SMALL, request.options())) {
        small.toJava(small.rootWord(0));
      }
    }
    System.gc();
    Reading before = Reading.now();
    long cpu = cpuNanos();
    if (request.naive()) {
      NaiveTree.Tree tree = NaiveTree.of(request.file());
      long loaded = cpuNanos() - cpu;
      print(before, loaded, 0, 0, 0, out);
      pause(request, out);
      out.println("documents\t" + tree.documents().size() + "\ttext\t" + tree.text().length());
      return;
    }
    try (YamlDocument d = Yaml.load(request.file(), request.options())) {
      long loaded = cpuNanos() - cpu;
      long start = System.nanoTime();
      long word = d.rootWord(0);
      while (d.size(word) > 0) {
        word = d.kind(word) == Kind.SEQUENCE ? d.get(word, d.size(word) - 1) : d.value(word, d.size(word) - 1);
      }
      long first = System.nanoTime() - start;
      print(before, loaded, first, d.parts().anonymousBytes(), d.parts().unusedBytes(), out);
      pause(request, out);
    }
  }

  private static void print(Reading before, long cpu, long firstAccess, long parts, long unused, PrintStream out)
      throws IOException {
    Reading added = Reading.now().since(before);
    System.gc();
    Reading settled = Reading.now().since(before);
    out.printf(Locale.ROOT, "%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d%n", settled.rss, settled.anonymous, settled.file,
        Math.max(added.peak, settled.peak), parts, unused, cpu, firstAccess);
  }

  private static void pause(Request request, PrintStream out) throws IOException {
    if (request.pause()) {
      out.println("pid " + ProcessHandle.current().pid() + ": press Enter to end");
      out.flush();
      int c = System.in.read();
      while (c > '\n') {
        c = System.in.read();
      }
    }
  }

  static void convert(Request request, PrintStream out) throws IOException {
    System.gc();
    Reading before = Reading.now();
    try (YamlDocument d = Yaml.load(request.file(), request.options())) {
      Reading loaded = Reading.now().since(before);
      List<@Nullable Object> objects = new ArrayList<>();
      for (int i = 0; i < d.documents(); i++) {
        objects.add(d.toJava(d.rootWord(i)));
      }
      System.gc();
      Reading converted = Reading.now().since(before);
      long bytes = Math.max(1, d.parts().textBytes());
      out.printf("loaded               %,15d B resident = %.2f of the text%n", loaded.rss, loaded.rss / (double) bytes);
      out.printf("with Java objects    %,15d B resident = %.2f of the text (%d documents)%n", converted.rss,
          converted.rss / (double) bytes,
          objects.size());
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
