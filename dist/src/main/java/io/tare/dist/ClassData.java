package io.tare.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The classes that commands load, linked ahead of time into one file that the JVM maps: it starts several times faster.
 *
 * <p>Which classes these are is seen by running them ({@code io.tare.app.Training}), and written down in a list that lies beside the packages. The same
 * list gives the same file; without one the training decides.
 */
final class ClassData {
  /**
   * As {@code start.sh} names them. The first has a file of its own: all that is linked is loaded at each start. Not the analysis of heap dumps, which
   * takes longer anyway.
   */
  private static final List<String> KINDS = List.of("ps", "tare", "recorder");
  /** A line of the list: above it stands what the first kind loads. */
  private static final String OTHERS = "# what other commands load";

  /** Names that the JVM invents anew in each run. */
  private static final Pattern INVENTED = Pattern.compile("[/+]0x| source: ");
  private static final String SHAPE = "@lambda-form-invoker ";
  private static final Pattern NUMBER = Pattern.compile(" id: \\d+");
  /** What two dumps of one list may differ in: checksums, and since when soft references have been held. */
  private static final double MOST_UNSETTLED = 0.001;
  private static final int HEADER = 4096;
  private static final String PLACES = "/tmp/tare-";
  /** The package, as its launcher opens it: a JVM looks for the jar of its linked classes where they were linked, for each class anew if it isn't there. */
  private static final String PACKAGE = "//proc/self/fd/9/././././.";

  private final Path home;
  private final Path work;
  private final Optional<Path> training;

  /**
   * @param home the package
   * @param work a folder for what is made on the way
   * @param training the list of an earlier training
   */
  ClassData(Path home, Path work, Optional<Path> training) {
    this.home = home;
    this.work = work;
    this.training = training;
  }

  /** What is loaded: as an earlier training saw it, or as one now does, for which the package has to run already. */
  List<String> list() throws IOException, InterruptedException {
    return training.isPresent() ? Files.readAllLines(training.get()) : List.copyOf(train());
  }

  /** The shapes of method handles in a list, as {@code jlink} takes them: code for them then need not be made at each start. */
  static List<String> shapes(List<String> list) throws IOException {
    Stream<String> usual = Files.readAllLines(Path.of(System.getProperty("java.home", ""), "lib/classlist")).stream();
    return Stream.concat(usual, list.stream()).filter(line -> line.startsWith(SHAPE))
        .map(line -> line.substring(SHAPE.length())).distinct().sorted().toList();
  }

  void make(List<String> classes) throws IOException, InterruptedException {
    Path all = Files.write(work.resolve("tare.classes"), classes);
    if (!classes.contains(OTHERS)) {
      throw new IOException(
          "this list of classes is of an earlier version: it doesn't tell which are the first command's");
    }
    Path first = Files.write(work.resolve("ps.classes"), classes.subList(0, classes.indexOf(OTHERS)));
    byte[] forAll = settled(dump(all), dump(all));
    Files.write(home.resolve("lib/ps.jsa"), settled(dump(first), dump(first)));
    Files.write(home.resolve("lib/tare.jsa"), forAll);
  }

  /** In the order of the training: constants are resolved when their class is there. */
  private Set<String> train() throws IOException, InterruptedException {
    Set<String> lines = new LinkedHashSet<>();
    Path processes = MadeProcesses.below(work.resolve("processes"));
    // One whose executable has to be looked into; it waits for what nobody writes.
    Process plain = new ProcessBuilder("cat").start();
    try {
      for (String kind : KINDS) {
        Path seen = work.resolve(kind + ".seen");
        java(home, kind, List.of("-XX:DumpLoadedClassList=" + seen),
            List.of("io.tare.app.Training", kind, processes.toString()));
        for (String line : Files.readAllLines(seen)) {
          if (!line.startsWith("#") && !INVENTED.matcher(line).find()) {
            lines.add(NUMBER.matcher(line).replaceAll(""));
          }
        }
        lines.add(OTHERS);
      }
    } finally {
      plain.destroy();
    }
    return lines;
  }

  /** From a copy whose name has the length that all of them have: the JVM writes it into the file, where the package's stands afterwards. */
  private byte[] dump(Path list) throws IOException, InterruptedException {
    Path place = Path.of(PLACES + HexFormat.of().toHexDigits(new SecureRandom().nextLong()));
    Path file = work.resolve("dumped.jsa");
    try {
      Packages.copyTree(home, place);
      java(place, "tare", List.of("-Xmx256m", "-Xshare:dump", "-XX:+AOTClassLinking", "-XX:SharedClassListFile=" + list,
          "-XX:SharedArchiveFile=" + file), List.of());
      String dumped = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return dumped.replace(place.toString(), PACKAGE).getBytes(StandardCharsets.ISO_8859_1);
    } finally {
      Packages.remove(place);
    }
  }

  private static void java(Path home, String kind, List<String> flags, List<String> words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("runtime/bin/java").toString()));
    command.addAll(Arrays.asList(run(List.of("sh", "-c", ". \"$0\"; jvm_flags \"$1\"",
        home.resolve("lib/start.sh").toString(), kind)).strip().split("\\s+")));
    command.addAll(flags);
    command.addAll(List.of("-cp", home.resolve("lib/tare.jar").toString()));
    command.addAll(words);
    run(command);
  }

  /** Runs a program to its end and returns what it printed. */
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + said.strip());
    }
    return said;
  }

  /**
   * One dump without what two of them differ in: words of eight bytes, in the header of four. The JVM looks at none of them unless it is told to
   * verify checksums.
   */
  static byte[] settled(byte[] one, byte[] other) throws IOException {
    if (one.length != other.length) {
      throw new IOException(
          "two dumps of one list of classes have different sizes: " + one.length + " and " + other.length);
    }
    byte[] settled = one.clone();
    int unsettled = 0;
    for (int at = 0; at < one.length;) {
      int width = Math.min(at < HEADER ? 4 : 8, one.length - at);
      if (!Arrays.equals(one, at, at + width, other, at, at + width)) {
        Arrays.fill(settled, at, at + width, (byte) 0);
        unsettled += width;
      }
      at += width;
    }
    if (unsettled > one.length * MOST_UNSETTLED) {
      throw new IOException("two dumps of one list of classes differ in " + unsettled + " of " + one.length + " bytes");
    }
    return settled;
  }
}
