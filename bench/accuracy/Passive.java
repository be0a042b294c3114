import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * What being read does to programs of every runtime, by the kernel's own counts, and what each walk over their memory costs as they grow.
 *
 * <p>{@code java -cp cases/faults/target/classes bench/accuracy/Passive.java --root / --root ROOT}: each program rests while it is captured
 * three times; what its counts did then is the reading's doing, but for runtimes whose own threads run now and then: behind the slash stands
 * what the program did by itself in as long a time. A walk's cost is its least of the three. {@code -Dsizes=64,1024} are other megabytes,
 * {@code -Donly=REGEX} fewer programs. Exit code 1 if a resting program grew, faulted or was stopped.
 *
 * <p>A JVM's counters lie in a file that it maps. When anybody who has opened that file closes it, ext4 writes back what it had not yet, as
 * the kernel does by itself half a minute later, and the JVM's next write to each page is a fault that brings no page.
 */
public final class Passive {
  private static final List<Long> SIZES = Arrays.stream(System.getProperty("sizes", "32,256").split(",")).map(size -> Long.parseLong(size) << 20).toList();
  private static final int READINGS = 3;
  private static final int COUNTER_PAGES = 8;
  private static final Pattern WALK = Pattern.compile("name=memory/(\\S+) outcome=TAKEN(?: \\S+)*? micros=(\\d+)");
  private static final long SETTLE_MILLIS = 1500;
  private static final long WORTH_TELLING_MILLIS = 2;

  private final List<String> tare = List.of(System.getProperty("tare", "./tare").split(" "));
  private boolean holds = true;

  private Passive() {
  }

  /** The kernel's counts of a process. */
  private record Counts(long residentPages, long pageTablesKb, long faults, long switches) {
    Counts less(Counts before) {
      return new Counts(residentPages - before.residentPages, pageTablesKb - before.pageTablesKb, faults - before.faults,
          switches - before.switches);
    }

    /** Its memory did not move; being on a processor is what waiting with a time limit takes. */
    boolean rests(long pagesWrittenBack) {
      return residentPages == 0 && pageTablesKb == 0 && faults <= pagesWrittenBack;
    }

    static Counts of(Path proc) throws IOException {
      String status = Files.readString(proc.resolve("status"));
      String stat = Files.readString(proc.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long resident = Long.parseLong(Files.readString(proc.resolve("statm")).split(" ")[1]);
      long switches = 0;
      for (Path task : tasks(proc)) {
        switches += number(Files.readString(task.resolve("status")), "ctxt_switches");
      }
      // Minor and major faults are the 10th and the 12th field; counted here from the third.
      return new Counts(resident, number(status, "VmPTE"), Long.parseLong(fields[7]) + Long.parseLong(fields[9]), switches);
    }

    /** The sum of the lines of this name. */
    private static long number(String text, String name) {
      return text.lines().filter(line -> line.contains(name)).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    }
  }

  private static List<Path> tasks(Path proc) throws IOException {
    try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
      return tasks.toList();
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Passive passive = new Passive();
    System.out.println("| program | C library | RSS, MB | resident pages | page tables, KB | faults | times on a processor"
        + " | looks that saw it stopped | walks, ms |");
    System.out.println("|---|---|--:|--:|--:|--:|--:|--:|---|");
    for (int i = 0; i < arguments.length; i++) {
      if (!arguments[i].equals("--root") || ++i == arguments.length) {
        System.err.println("expected --root FOLDER");
        System.exit(2);
      }
      passive.all(new Root(Path.of(arguments[i])));
    }
    System.exit(passive.holds ? 0 : 1);
  }

  private void all(Root root) throws IOException, InterruptedException {
    Path folder = root.folder();
    try {
      List<Programs.Program> programs = new ArrayList<>(root.equals(Root.HERE) ? jvms() : List.of());
      programs.addAll(Programs.in(root, folder));
      programs.removeIf(program -> !program.label().matches(System.getProperty("only", ".*")));
      for (Programs.Program program : programs) {
        for (long size : SIZES) {
          row(program, size);
        }
      }
    } finally {
      Root.remove(folder);
    }
  }

  /** The corpus's live heap, under each collector of each JDK here. */
  private static List<Programs.Program> jvms() throws IOException, InterruptedException {
    List<Programs.Program> programs = new ArrayList<>();
    String classes = System.getProperty("java.class.path");
    for (String home : Root.HERE.list("/usr/lib/jvm", "(?!\\.).*")) {
      if (Files.isSymbolicLink(Path.of(home)) || !Root.HERE.has(home + "/bin/java")) {
        continue;
      }
      String version = Root.HERE.output(List.of(home + "/bin/java", "-version")).replaceAll("(?s).*?\"([^\"]+)\".*", "$1");
      for (String collector : List.of("Serial", "Parallel", "G1", "Shenandoah", "Z")) {
        programs.add(new Programs.Program("JDK " + version + ", " + collector, Root.HERE.cLibrary(),
            List.of(home + "/bin/java", "-XX:+Use" + collector + "GC", "-Xmx1g", "-cp", classes,
                "io.tare.cases.faults.Faults", "live-heap", "--size")));
      }
    }
    return programs;
  }

  private void row(Programs.Program program, long size) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(program.of(size)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      BufferedReader output = process.inputReader();
      String line = output.readLine();
      while (line != null && !line.startsWith("{")) {
        line = output.readLine();
      }
      if (line == null) {
        System.err.println("left out: " + program.label() + " could not be started");
        return;
      }
      Thread.sleep(SETTLE_MILLIS);
      read(program, Path.of("/proc").resolve(Long.toString(process.pid())));
    } finally {
      process.outputWriter().close();
      process.waitFor();
    }
  }

  private void read(Programs.Program program, Path proc) throws IOException, InterruptedException {
    Map<String, Long> walks = new TreeMap<>();
    int[] looks = new int[2];
    Counts before = Counts.of(proc);
    long began = System.nanoTime();
    for (int i = 0; i < READINGS; i++) {
      capture(proc, looks).forEach((walk, micros) -> walks.merge(walk, micros, Math::min));
    }
    long took = System.nanoTime() - began;
    Counts after = Counts.of(proc);
    Thread.sleep(took / 1_000_000);
    Counts did = after.less(before);
    Counts byItself = Counts.of(proc).less(after);
    boolean jvm = Files.readString(proc.resolve("maps")).contains("/hsperfdata_");
    holds &= looks[1] == 0 && (!byItself.rests(0) || did.rests(jvm ? COUNTER_PAGES : 0));
    String costs = walks.entrySet().stream().filter(walk -> walk.getValue() >= 1000 * WORTH_TELLING_MILLIS)
        .map(walk -> walk.getKey() + " " + walk.getValue() / 1000).collect(Collectors.joining(", "));
    System.out.println("| " + String.join(" | ", program.label(), program.cLibrary(),
        String.format(Locale.ROOT, "%.0f", after.residentPages() * 4096 / 1048576.0),
        both(did.residentPages(), byItself.residentPages()), both(did.pageTablesKb(), byItself.pageTablesKb()),
        both(did.faults(), byItself.faults()), both(did.switches(), byItself.switches()), looks[1] + " of " + looks[0], costs)
        + " |");
  }

  private static String both(long did, long byItself) {
    return "%+d / %+d".formatted(did, byItself);
  }

  /** Takes a capture; counts looks at the process's threads meanwhile, and those that saw one stopped. Returns the walks' microseconds. */
  private Map<String, Long> capture(Path proc, int[] looks) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tare-passive-");
    Path file = folder.resolve("x.tare");
    try {
      List<String> words = new ArrayList<>(tare);
      words.addAll(List.of("capture", proc.getFileName().toString(), "-o", file.toString()));
      Process process = new ProcessBuilder(words).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      while (process.isAlive()) {
        looks[0]++;
        for (Path task : tasks(proc)) {
          String stat = Files.readString(task.resolve("stat"));
          char state = stat.charAt(stat.lastIndexOf(')') + 2);
          looks[1] += state == 'T' || state == 't' ? 1 : 0;
        }
        Thread.sleep(1);
      }
      return walks(file);
    } finally {
      Root.remove(folder);
    }
  }

  private static Map<String, Long> walks(Path file) throws IOException {
    Map<String, Long> walks = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Matcher walk = WALK
          .matcher(new String(zip.getInputStream(zip.getEntry("manifest")).readAllBytes(), StandardCharsets.UTF_8));
      while (walk.find()) {
        walks.put(walk.group(1), Long.parseLong(walk.group(2)));
      }
    }
    return walks;
  }
}
