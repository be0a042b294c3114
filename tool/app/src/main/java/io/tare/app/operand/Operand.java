package io.tare.app.operand;

import io.tare.app.cli.UsageException;
import io.tare.capture.dumped.CoreFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What a word of the command line stands for, decided once for all commands. A number is a pid, even where a file of that name lies about. A word
 * that leads to a file of a kind that Tare knows is that file; its content tells the kind, and its ending only where the content does not. A
 * word that looks like a file's (it has a slash, or an ending of ours) is never taken for a process's name. All else is a name.
 *
 * @param file the file, without the process that a recording's operand may name
 * @param pid the process's, or of {@code x.tarerec@4711} that which is meant
 */
public record Operand(String word, Kind kind, Path file, OptionalLong pid) {
  public static final String RECORDING_ENDING = ".tarerec";

  private static final Pattern ONE_OF_MANY = Pattern.compile("(.+)@(\\d{1,9})");
  private static final Pattern FILE_NAME = Pattern
      .compile(".*/.*|.*\\.(tare|tarerec|hprof|log|gz|zst|jfr|pb|collapsed|heapprofile|json|html)(@\\d+)?",
          Pattern.DOTALL);
  private static final int START_BYTES = 4096;

  /** What there is, and which command takes it; the words complete "it is …". */
  public enum Kind {
    PROCESS("a process", "tare %s"),
    NAME("a process's name", "tare %s"),
    CAPTURE("a capture",
        "tare %s"),
    RECORDING("a recording", "tare %s"),
    HEAP_DUMP("a heap dump", "tare heap %s"),
    CORE("a core file", "tare %s"),
    LOG(
        "a text, as logs are",
        "tare log %s"),
    STREAM("a pipe or a device", ""),
    FLIGHT_RECORDING("a flight recording (JFR)",
        "tare who %s"),
    PROFILE("a profile", "tare who %s"),
    FOLDER("a folder", ""),
    OTHER("of no kind that Tare knows", "");

    private final String words;
    private final String command;

    Kind(String words, String command) {
      this.words = words;
      this.command = command;
    }
  }

  public static Operand of(String word) throws IOException {
    if (!word.isEmpty() && word.chars().allMatch(Character::isDigit) && word.length() <= 10) {
      return new Operand(word, Kind.PROCESS, Path.of(word), OptionalLong.of(Long.parseLong(word)));
    }
    if (word.equals("-")) {
      return new Operand(word, Kind.STREAM, Path.of("/dev/stdin"), OptionalLong.empty());
    }
    Matcher one = ONE_OF_MANY.matcher(word);
    if (!Files.exists(Path.of(word)) && one.matches() && kind(Path.of(one.group(1))) == Kind.RECORDING) {
      return new Operand(word, Kind.RECORDING, Path.of(one.group(1)), OptionalLong.of(Long.parseLong(one.group(2))));
    }
    Path file = Path.of(word);
    boolean isFileName = FILE_NAME.matcher(word).matches();
    if (isFileName && !Files.exists(file)) {
      throw new NoSuchFileException(one.matches() && Files.exists(Path.of(one.group(1))) ? one.group(1) : word);
    }
    Kind kind = Files.exists(file) ? kind(file) : Kind.NAME;
    // A program or a folder may lie about under the name of a process.
    boolean isName = !isFileName && Set.of(Kind.OTHER, Kind.FOLDER, Kind.LOG).contains(kind) && !endsLikeText(word);
    return new Operand(word, isName ? Kind.NAME : kind, file, OptionalLong.empty());
  }

  /** Where a command takes files only: a word without a slash is one too. */
  public static Operand ofFile(String word) throws IOException {
    Path file = Path.of(word);
    if (!word.equals("-") && !Files.exists(file)) {
      throw new NoSuchFileException(word);
    }
    return word.equals("-") ? of(word) : new Operand(word, kind(file), file, OptionalLong.empty());
  }

  private static boolean endsLikeText(String word) {
    return word.endsWith(".txt") || word.endsWith(".out");
  }

  /** This operand, if the command takes its kind; else a sentence that says what it is and who takes that. */
  public Operand mustBe(String wanted, Kind... kinds) throws UsageException {
    if (Arrays.asList(kinds).contains(kind)) {
      return this;
    }
    String who = kind.command.isEmpty()
        ? "; Tare does not read that"
        : "; '" + kind.command.formatted(word) + "' reads it";
    throw new UsageException(wanted + " is wanted, and " + word + " is " + kind.words + who);
  }

  public boolean isProcess() {
    return kind == Kind.PROCESS || kind == Kind.NAME;
  }

  /** By what the file begins with; pipes are not touched. */
  private static Kind kind(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Files.isDirectory(file) ? Kind.FOLDER : Files.exists(file) ? Kind.STREAM : Kind.OTHER;
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(START_BYTES);
    }
    Optional<Kind> known = isGzip(start) ? packed(start) : known(start);
    return known.or(() -> byEnding(file.toString())).orElseGet(() -> isText(start) ? Kind.LOG : Kind.OTHER);
  }

  private static Optional<Kind> known(byte[] start) {
    return begins(start, "PK\3\4")
        ? Optional.of(Kind.CAPTURE)
        : begins(start, "TARE-REC")
            ? Optional.of(Kind.RECORDING)
            : begins(start, "JAVA PROFILE ") || begins(start, "\0\22portable heap dump")
                ? Optional.of(Kind.HEAP_DUMP)
                : begins(start, "FLR\0")
                    ? Optional.of(Kind.FLIGHT_RECORDING)
                    : CoreFile.isCore(start) ? Optional.of(Kind.CORE) : Optional.empty();
  }

  private static boolean isGzip(byte[] start) {
    return start.length > 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
  }

  /** A dump, a log, or pprof's form of a profile, whose first byte is the tag of its first message. */
  private static Optional<Kind> packed(byte[] start) {
    byte[] content;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(start))) {
      content = in.readNBytes(START_BYTES / 4);
    } catch (IOException cut) {
      content = new byte[0];
    }
    boolean isProfile = content.length > 1 && content[0] == 0x0a && content[1] > 0 && content[1] < 0x20;
    byte[] unpacked = content;
    return known(content).or(() -> isProfile
        ? Optional.of(Kind.PROFILE)
        : isText(unpacked) ? Optional.of(Kind.LOG) : Optional.empty());
  }

  private static Optional<Kind> byEnding(String name) {
    return Stream.of(Kind.CAPTURE, Kind.RECORDING, Kind.HEAP_DUMP)
        .filter(kind -> name.endsWith(switch (kind) {
          case CAPTURE -> ".tare";
          case RECORDING -> RECORDING_ENDING;
          default -> ".hprof";
        })).findFirst();
  }

  private static boolean begins(byte[] start, String magic) {
    byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
    return start.length >= bytes.length && Arrays.equals(Arrays.copyOf(start, bytes.length), bytes);
  }

  /** An empty file is a text that says nothing. */
  private static boolean isText(byte[] start) {
    for (byte one : start) {
      if (one == 0) {
        return false;
      }
    }
    return true;
  }
}
