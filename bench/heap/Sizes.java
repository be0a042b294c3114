import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the sizes that Tare finds in a dump with the histogram of the VM that wrote it, class by class: {@code Sizes.java TARE FOLDER
 * CLASSPATH PROGRAM JAVA FLAGS}. The VM goes on working between the two, so its histogram is taken before and after the dump; the classes whose
 * counts have not moved are compared as a whole, the others by the size of one object if all of theirs have one size.
 */
public class Sizes {
  private record Count(long objects, long bytes) {}

  private static final Pattern VM_LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
  private static final Pattern OUR_LINE = Pattern.compile("\"class\":\\s*\"([^\"]+)\",\\s*\"objects\":\\s*(\\d+),\\s*\"shallowBytes\":\\s*(\\d+)");

  public static void main(String[] arguments) throws Exception {
    String tare = arguments[0];
    Path folder = Path.of(arguments[1]);
    Path java = Path.of(arguments[4]);
    List<String> flags = List.of(arguments).subList(5, arguments.length);
    String shown = String.join(" ", flags.stream().filter(flag -> !flag.startsWith("--")).toList());
    Path dump = folder.resolve("live.hprof");
    List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx1g"));
    command.addAll(flags);
    command.addAll(List.of("-cp", arguments[2], arguments[3]));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Map<String, Count> before;
    Map<String, Count> after;
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      while (line != null && !line.startsWith("ready")) {
        line = output.readLine();
      }
      if (line == null) {
        throw new IOException(arguments[3] + " ended before it was ready");
      }
      String pid = Long.toString(process.pid());
      String jcmd = java.resolveSibling("jcmd").toString();
      run(jcmd, pid, "GC.class_histogram");
      before = vm(run(jcmd, pid, "GC.class_histogram"));
      run(jcmd, pid, "GC.heap_dump", dump.toString());
      after = vm(run(jcmd, pid, "GC.class_histogram"));
      process.outputWriter().close();
      process.waitFor();
    } finally {
      process.destroyForcibly();
    }
    String json = run(tare, "heap", dump.toString(), "--format", "json");
    row("whole", shown, before, after, ours(json.substring(json.indexOf("\"histogram\""), json.indexOf("\"packages\""))), allBytes(json), dump);
    String quick = run(tare, "heap", dump.toString(), "--histogram", "--format", "json");
    Map<String, Count> all = ours(quick);
    row("quick", shown, before, after, all, all.values().stream().mapToLong(Count::bytes).sum(), dump);
    Matcher layout = Pattern.compile("\"layout\":\\s*\"([^\"]+)\"").matcher(json);
    System.out.println("      " + (layout.find() ? layout.group(1) : "no layout"));
    Files.delete(dump);
  }

  private static void row(String what, String flags, Map<String, Count> before, Map<String, Count> after, Map<String, Count> ours,
      long ourBytes, Path dump) throws IOException {
    if (System.getenv("DIFFERENCES") != null) {
      after.entrySet().stream().sorted((a, b) -> Long.compare(difference(b, ours), difference(a, ours))).limit(12)
          .forEach(one -> System.out.println("      " + one.getKey() + " " + before.get(one.getKey()) + " " + one.getValue() + " " + ours.get(one.getKey())));
    }
    int equal = 0;
    int moved = 0;
    List<String> wrong = new ArrayList<>();
    long vmBytes = after.values().stream().mapToLong(Count::bytes).sum();
    for (Map.Entry<String, Count> known : before.entrySet()) {
      Count own = ours.get(known.getKey());
      Count then = after.get(known.getKey());
      if (!known.getValue().equals(then) || own == null || own.objects() != then.objects()) {
        boolean sameOne = own != null && then != null && own.objects() > 0 && oneSize(known.getKey())
            && own.bytes() * then.objects() == then.bytes() * own.objects();
        moved++;
        if (own != null && then != null && oneSize(known.getKey()) && !sameOne) {
          wrong.add(known.getKey() + " one " + own.bytes() / Math.max(1, own.objects()) + " not " + then.bytes() / then.objects());
        }
      } else if (own.equals(then)) {
        equal++;
      } else {
        wrong.add(known.getKey() + " " + own.objects() + " x " + own.bytes() + " not " + then.bytes());
      }
    }
    System.out.println(String.format(Locale.ROOT, "%-5s %-55s %6.1f MB  %5d classes equal, %4d moved, %4d wrong; total %+.3f %%  %s", what, flags,
        Files.size(dump) / 1e6, equal, moved, wrong.size(), 100.0 * (ourBytes - vmBytes) / vmBytes,
        String.join(", ", wrong.subList(0, Math.min(8, wrong.size())))));
  }

  /** Reachable or not: a VM keeps what its archive brought, and what a collection leaves where it is. */
  private static long allBytes(String json) {
    Matcher bytes = Pattern.compile("\"shallowBytes\":\\s*(\\d+)").matcher(json);
    long sum = bytes.find() ? Long.parseLong(bytes.group(1)) : 0;
    return sum + (bytes.find() ? Long.parseLong(bytes.group(1)) : 0);
  }

  private static long difference(Map.Entry<String, Count> one, Map<String, Count> ours) {
    Count own = ours.get(one.getKey());
    return Math.abs(one.getValue().bytes() - (own == null ? 0 : own.bytes()));
  }

  private static boolean oneSize(String name) {
    return !name.endsWith("[]") && !name.equals("java.lang.Class") && !name.equals("jdk.internal.vm.StackChunk");
  }

  private static Map<String, Count> vm(String printed) {
    Map<String, Count> counts = new TreeMap<>();
    printed.lines().map(VM_LINE::matcher).filter(Matcher::matches).forEach(line -> counts.merge(hidden(dotted(line.group(3))),
        new Count(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))), Sizes::sum));
    return counts;
  }

  private static Map<String, Count> ours(String json) {
    Map<String, Count> counts = new TreeMap<>();
    Matcher line = OUR_LINE.matcher(json);
    while (line.find()) {
      counts.merge(hidden(line.group(1)), new Count(Long.parseLong(line.group(2)), Long.parseLong(line.group(3))), Sizes::sum);
    }
    return counts;
  }

  private static Count sum(Count a, Count b) {
    return new Count(a.objects() + b.objects(), a.bytes() + b.bytes());
  }

  /** {@code [[Lapp.Node;} is {@code app.Node[][]} in a program. */
  private static String dotted(String name) {
    int dimensions = name.lastIndexOf('[') + 1;
    if (dimensions == 0) {
      return name;
    }
    String element = name.substring(dimensions);
    int type = element.length() == 1 ? "ZCFDBSIJ".indexOf(element) : -1;
    String words = type >= 0 ? List.of("boolean", "char", "float", "double", "byte", "short", "int", "long").get(type)
        : element.substring(1, element.length() - 1);
    return words + "[]".repeat(dimensions);
  }

  /** Hidden classes have an address in their name, and one sign before it in a dump and another in the VM's own words. */
  private static String hidden(String name) {
    return name.replaceFirst("[+/](0x[0-9a-f]+)", "/$1");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("sizes", ".txt");
    try {
      Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).redirectOutput(output.toFile()).start();
      process.waitFor();
      return Files.readString(output);
    } finally {
      Files.delete(output);
    }
  }
}
