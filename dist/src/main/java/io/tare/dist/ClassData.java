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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The classes that commands load, linked ahead of time into files that the JVM maps: it starts several times faster. All that a file holds is loaded at
 * once, so commands of a moment have one of their own.
 *
 * <p>Which classes these are is seen by running them ({@code io.tare.app.Training}), and written down in lists that are shipped beside. The same
 * list gives the same file; without one the training decides.
 */
final class ClassData {
  /** Each file, and the kinds of commands that it serves, as {@code start.sh} names them. */
  private static final Map<String, List<String>> KINDS = Map.of("quick", List.of("quick"), "tare",
      List.of("tare", "recorder", "heap"));

  /** Names that the JVM invents anew in each run. */
  private static final Pattern INVENTED = Pattern.compile("[/+]0x| source: ");
  private static final String SHAPE = "@lambda-form-invoker ";
  private static final Pattern NUMBER = Pattern.compile(" id: \\d+");
  /** What two dumps of one list may differ in: checksums, and since when soft references have been held. */
  private static final double MOST_UNSETTLED = 0.001;
  private static final int HEADER = 4096;
  private static final String PLACES = "/tmp/tare-";
  private static final String NOWHERE = "0".repeat(16);

  private final Path home;
  private final Path work;
  private final Optional<Path> training;

  /**
   * @param home the package
   * @param work a folder for what is made on the way
   * @param training the folder with the lists of an earlier training
   */
  ClassData(Path home, Path work, Optional<Path> training) {
    this.home = home;
    this.work = work;
    this.training = training;
  }

  /** What is loaded, by file: as an earlier training saw it, or as one now does, for which the package has to run already. */
  Map<String, List<String>> lists() throws IOException, InterruptedException {
    Map<String, List<String>> lists = new TreeMap<>();
    for (String file : KINDS.keySet()) {
      lists.put(file, training.isPresent()
          ? Files.readAllLines(training.get().resolve(file + ".classes"))
          : List.copyOf(train(file)));
    }
    return lists;
  }

  /** The shapes of method handles in a list, as {@code jlink} takes them: code for them then need not be made at each start. */
  static List<String> shapes(Map<String, List<String>> lists) throws IOException {
    Stream<String> usual = Files.readAllLines(Path.of(System.getProperty("java.home", ""), "lib/classlist")).stream();
    return Stream.concat(usual, lists.values().stream().flatMap(List::stream)).filter(line -> line.startsWith(SHAPE))
        .map(line -> line.substring(SHAPE.length())).distinct().sorted().toList();
  }

  void make(Map<String, List<String>> lists) throws IOException, InterruptedException {
    for (Map.Entry<String, List<String>> one : lists.entrySet()) {
      Path list = Files.write(home.resolve("lib/" + one.getKey() + ".classes"), one.getValue());
      Files.write(home.resolve("lib/" + one.getKey() + ".jsa"), settled(dump(list), dump(list)));
    }
  }

  /** In the order of the training: constants are resolved when their class is there. */
  private Set<String> train(String file) throws IOException, InterruptedException {
    Set<String> lines = new LinkedHashSet<>();
    for (String kind : KINDS.getOrDefault(file, List.of())) {
      Path seen = work.resolve(kind + ".seen");
      java(home, kind, List.of("-XX:DumpLoadedClassList=" + seen), List.of("io.tare.app.Training", kind));
      for (String line : Files.readAllLines(seen)) {
        if (!line.startsWith("#") && !INVENTED.matcher(line).find()) {
          lines.add(NUMBER.matcher(line).replaceAll(""));
        }
      }
    }
    return lines;
  }

  /** From a copy whose name has the length that all of them have: the JVM writes it into the file, where another name stands afterwards. */
  private byte[] dump(Path list) throws IOException, InterruptedException {
    Path place = Path.of(PLACES + HexFormat.of().toHexDigits(new SecureRandom().nextLong()));
    Path file = work.resolve("dumped.jsa");
    try {
      Packages.copyTree(home, place);
      java(place, "tare", List.of("-Xmx256m", "-Xshare:dump", "-XX:+AOTClassLinking", "-XX:SharedClassListFile=" + list,
          "-XX:SharedArchiveFile=" + file), List.of());
      String dumped = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return dumped.replace(place.toString(), PLACES + NOWHERE).getBytes(StandardCharsets.ISO_8859_1);
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
