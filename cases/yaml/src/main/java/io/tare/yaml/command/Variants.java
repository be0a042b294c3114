package io.tare.yaml.command;

import io.tare.yaml.basis.YamlOptions.ArenaGrowth;
import io.tare.yaml.basis.YamlOptions.Decoding;
import io.tare.yaml.basis.YamlOptions.Dedup;
import io.tare.yaml.basis.YamlOptions.Source;
import io.tare.yaml.basis.YamlOptions.Wrappers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Every combination of strategies, each in a JVM of its own. */
final class Variants {
  private static final long LONGEST_SECONDS = 120;

  private record Row(String name, long rss, long anonymous, long file, long peak, long parts, long unused,
      long cpuNanos,
      long firstAccessNanos) {
    /** Nobody has less memory and less time at once. */
    boolean isBest(List<Row> rows) {
      return rows.stream()
          .noneMatch(o -> o.rss <= rss && o.cpuNanos <= cpuNanos && (o.rss < rss || o.cpuNanos < cpuNanos));
    }
  }

  private Variants() {}

  static void run(Request request, PrintStream out) throws IOException {
    Path file = request.file();
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is not there, or is no regular file");
    }
    long bytes = Math.max(1, Files.size(file));
    List<Row> rows = new ArrayList<>();
    for (List<String> combination : combinations()) {
      Row row = row(combination, file);
      if (row == null) {
        out.println("no answer from " + name(combination));
      } else {
        rows.add(row);
      }
    }
    out.printf(Locale.ROOT, "%,d B; × of it%n%-42s %8s %8s %8s %8s %8s %8s %9s %12s%n", bytes, "", "RSS", "RssAnon",
        "RssFile", "peak", "parts",
        "unused", "CPU ms", "first get µs");
    for (Row row : rows) {
      out.printf(Locale.ROOT, "%-42s %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %9d %12.1f %s%n", row.name,
          row.rss / (double) bytes,
          row.anonymous / (double) bytes, row.file / (double) bytes, row.peak / (double) bytes,
          row.parts / (double) bytes,
          row.unused / (double) bytes, row.cpuNanos / 1_000_000, row.firstAccessNanos / 1e3,
          row.isBest(rows) ? "*" : "");
    }
    out.println("* no other needs less memory and less time");
  }

  private static List<List<String>> combinations() {
    List<List<String>> all = new ArrayList<>();
    all.add(List.of("--naive"));
    for (Source source : Source.values()) {
      for (ArenaGrowth arena : ArenaGrowth.values()) {
        for (Dedup dedup : Dedup.values()) {
          all.add(List.of("--source", word(source), "--arena", word(arena), "--dedup", word(dedup)));
        }
      }
    }
    all.add(List.of("--decoding", word(Decoding.EAGER)));
    all.add(List.of("--wrappers", word(Wrappers.POOLED)));
    all.add(List.of("--wrappers", word(Wrappers.EAGER)));
    all.add(List.of("--threads", "2"));
    return all;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String name(List<String> combination) {
    return String.join(" ", combination).replace("--", "");
  }

  private static @Nullable Row row(List<String> combination, Path file) throws IOException {
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
            "-Xmx" + (combination.contains("--naive") || combination.contains("eager") ? "6g" : "1g"),
            "--enable-native-access=ALL-UNNAMED", "-cp",
            System.getProperty("java.class.path"), Main.class.getName(), "variant", file.toString()));
    command.addAll(combination);
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return null;
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return null;
    }
    String[] f = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst()
        .orElse("").split("\t");
    if (f.length != 8) {
      return null;
    }
    long[] v = new long[f.length];
    for (int i = 0; i < f.length; i++) {
      v[i] = Long.parseLong(f[i]);
    }
    return new Row(name(combination), v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
  }
}
