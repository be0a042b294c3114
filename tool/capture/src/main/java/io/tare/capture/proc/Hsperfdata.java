package io.tare.capture.proc;

import io.tare.capture.door.ForeignFile;
import io.tare.capture.door.ForeignFile.Expect;
import io.tare.capture.door.ForeignFile.Refused;
import io.tare.capture.door.TargetRoot;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.jvm.PerfDataBytes;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Outcome;
import io.tare.model.jvm.PerfData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A JVM's performance data, as they may be kept: text that tells of the program, its arguments or its user is blanked. */
public final class Hsperfdata {
  /** A JVM counts a new entry before it writes it: for a moment the file is not whole. */
  private static final int TRIES = 3;
  private static final String HALF_WRITTEN = "the file is damaged or still being written";
  private static final Duration MOMENT = Duration.ofMillis(2);
  private static final String CREATED = "sun.rt.createVmEndTime";
  private static final String CAPABILITIES = "sun.rt.jvmCapabilities";
  private static final List<String> KEPT = List.of(CAPABILITIES, "sun.rt.jvmVersion", "sun.rt.internalVersion",
      "java.property.java.version", "java.property.java.vm.version", "java.property.java.vm.name",
      "java.property.java.vm.info", "java.property.java.vm.vendor", "java.property.java.vm.specification.version");
  private static final List<String> ARGUMENTS = List.of("java.rt.vmArgs", "java.rt.vmFlags");

  private final Outcome outcome;
  private final String note;
  private final long micros;
  private final byte[] content;

  private Hsperfdata(Outcome outcome, String note, long micros, byte[] content) {
    this.outcome = outcome;
    this.note = note;
    this.micros = micros;
    this.content = content;
  }

  public static Hsperfdata read(ProcessFolder folder) {
    return whole(() -> once(PerfFile.open(folder)));
  }

  static Hsperfdata whole(Supplier<Hsperfdata> reading) {
    Hsperfdata taken = reading.get();
    for (int again = 1; again < TRIES && taken.isHalfWritten(); again++) {
      LockSupport.parkNanos(MOMENT.toNanos());
      taken = reading.get();
    }
    return taken;
  }

  private boolean isHalfWritten() {
    return note.equals(HALF_WRITTEN);
  }

  private static Hsperfdata once(PerfFile.Found found) {
    if (found.file().isEmpty()) {
      return new Hsperfdata(found.outcome(), found.note(), 0, new byte[0]);
    }
    FileRead read = FileRead.of(found.file().get(), PerfFile.MOST_BYTES);
    return read.outcome() == Outcome.TAKEN
        ? scrubbed(read.content(), read.micros())
        : new Hsperfdata(Outcome.FAILED, "the file could not be read whole", read.micros(), new byte[0]);
  }

  /** The file itself, open, for looking at its numbers again and again; empty when there is none. */
  public static Optional<ForeignFile> file(ProcessFolder folder) {
    return PerfFile.open(folder).file();
  }

  static Hsperfdata scrubbed(byte[] file, long micros) {
    Optional<PerfEntries> entries = PerfEntries.parse(file);
    if (entries.isEmpty()) {
      return new Hsperfdata(Outcome.FAILED, HALF_WRITTEN, micros, new byte[0]);
    }
    byte[] kept = file.clone();
    entries.get().texts().forEach(text -> scrub(text, kept));
    return new Hsperfdata(Outcome.TAKEN, "text about the program, its arguments and its user is blanked", micros, kept);
  }

  private static void scrub(PerfEntries.Text text, byte[] kept) {
    if (KEPT.contains(text.name()) || text.name().startsWith("sun.gc.")) {
      return;
    }
    String harmless = ARGUMENTS.contains(text.name()) ? JavaCommand.harmlessOf(text.value(kept)) : "";
    byte[] value = harmless.getBytes(StandardCharsets.UTF_8);
    Arrays.fill(kept, text.from(), text.from() + text.length(), (byte) 0);
    // A redaction mark may be longer than what it replaces; the last byte stays the text's end.
    System.arraycopy(value, 0, kept, text.from(), Math.min(value.length, Math.max(0, text.length() - 1)));
  }

  /** What a JVM says about being attached to. */
  public enum AttachPermission {
    /** It is not up yet: a request that comes now can get lost. */
    STARTING, ALLOWED, FORBIDDEN
  }

  /** Empty when the JVM says nothing. */
  public Optional<AttachPermission> attachPermission() {
    try {
      PerfData data = PerfDataBytes.parse(ArtifactNames.HSPERFDATA, content, ParseLimits.DEFAULT).value();
      if (data.number(CREATED).orElse(1) == 0) {
        return Optional.of(AttachPermission.STARTING);
      }
      return data.string(CAPABILITIES).filter(value -> !value.isEmpty())
          .map(value -> value.charAt(0) == '1' ? AttachPermission.ALLOWED : AttachPermission.FORBIDDEN);
    } catch (NotThisFormat none) {
      return Optional.empty();
    }
  }

  public Outcome outcome() {
    return outcome;
  }

  /** The file as it may be kept; empty when there is none. */
  public byte[] bytes() {
    return content.clone();
  }

  public Artifact artifact() {
    return new Artifact(ArtifactNames.HSPERFDATA, outcome, note, micros, content);
  }
}

/**
 * Where in a hsperfdata file the text values lie. The file begins with {@code 0xcafec0c0}, the byte order, and where the entries
 * start and how many there are; an entry gives its own length, and the offsets of its name and value.
 */
record PerfEntries(List<Text> texts) {
  private static final int MAGIC = 0xcafec0c0;
  private static final int PROLOGUE_BYTES = 32;
  private static final int ENTRY_BYTES = 20;
  private static final int LONGEST_NAME = 512;

  PerfEntries {
    texts = List.copyOf(texts);
  }

  /** One text value: the counter's name, and where its bytes are. */
  record Text(String name, int from, int length) {
    String value(byte[] file) {
      int end = from;
      while (end < from + length && file[end] != 0) {
        end++;
      }
      return new String(file, from, end - from, StandardCharsets.UTF_8);
    }
  }

  /** Empty when the file is not what it should be in any of its entries: then nothing of it can be trusted. */
  static Optional<PerfEntries> parse(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (file.length < PROLOGUE_BYTES || bytes.getInt(0) != MAGIC) {
      return Optional.empty();
    }
    bytes.order(bytes.get(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int at = bytes.getInt(24);
    int count = bytes.getInt(28);
    List<Text> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (at < PROLOGUE_BYTES || at > file.length - ENTRY_BYTES) {
        return Optional.empty();
      }
      long length = bytes.getInt(at);
      if (length < ENTRY_BYTES || at + length > file.length || !entry(bytes, at, (int) length, texts)) {
        return Optional.empty();
      }
      at += (int) length;
    }
    return Optional.of(new PerfEntries(texts));
  }

  private static boolean entry(ByteBuffer bytes, int at, int length, List<Text> texts) {
    int nameAt = bytes.getInt(at + 4);
    int vectorLength = bytes.getInt(at + 8);
    int dataAt = bytes.getInt(at + 16);
    if (nameAt < ENTRY_BYTES || nameAt >= length || dataAt < 0 || dataAt > length || vectorLength < 0
        || vectorLength > length - dataAt) {
      return false;
    }
    if (bytes.get(at + 12) == 'B') {
      texts.add(new Text(name(bytes, at + nameAt, at + length), at + dataAt, vectorLength));
    }
    return true;
  }

  private static String name(ByteBuffer bytes, int from, int end) {
    int to = from;
    while (to < end && to - from < LONGEST_NAME && bytes.get(to) != 0) {
      to++;
    }
    byte[] name = new byte[to - from];
    bytes.get(from, name);
    return new String(name, StandardCharsets.UTF_8);
  }
}

/**
 * Finds {@code /tmp/hsperfdata_USER/PID} of a process, through its own root and by the pid that it has in its own namespace.
 *
 * <p>The folder belongs to the target, who could put anything there. So only a regular file of plausible size, owned by the process's user
 * and reached without any link, is accepted.
 */
final class PerfFile {
  static final long MOST_BYTES = 1 << 20;

  private PerfFile() {}

  /** The file, open, or why there is none. */
  record Found(Optional<ForeignFile> file, Outcome outcome, String note) {
    static Found none(Outcome outcome, String note) {
      return new Found(Optional.empty(), outcome, note);
    }
  }

  static Found open(ProcessFolder folder) {
    Optional<String> status = folder.text("status");
    Optional<Long> owner = status.flatMap(text -> StatusLines.word(text, "Uid:", 1)).map(Long::parseLong);
    if (owner.isEmpty()) {
      return Found.none(Outcome.GONE, "the process has ended");
    }
    String pid = StatusLines.lastWord(status.orElseThrow(), "NSpid:").orElse(Long.toString(folder.pid()));
    try (TargetRoot root = TargetRoot.open(folder.path())) {
      return search(root, pid, Expect.ownedBy(owner.get(), MOST_BYTES));
    } catch (AccessDeniedException denied) {
      return Found.none(Outcome.DENIED, "the process's root cannot be entered: it takes its own user, or root");
    } catch (IOException failure) {
      return Found.none(Outcome.ABSENT, "the process has no root folder to look into");
    }
  }

  private static Found search(TargetRoot root, String pid, Expect expect) {
    Found found = Found.none(Outcome.ABSENT,
        "no hsperfdata file of this process: not a HotSpot JVM, or -XX:-UsePerfData");
    try {
      TargetRoot.Names folders = root.names("tmp", "hsperfdata_");
      if (folders.isCut()) {
        found = Found.none(Outcome.ABSENT,
            "no hsperfdata file of this process in the part of its /tmp that was looked at");
      }
      for (String folder : folders.names()) {
        Found here = at(root, "tmp/" + folder + "/" + pid, expect);
        if (here.file().isPresent()) {
          return here;
        }
        found = here.outcome() == Outcome.ABSENT ? found : here;
      }
      return found;
    } catch (NoSuchFileException none) {
      return Found.none(Outcome.ABSENT, "the process has no /tmp");
    } catch (AccessDeniedException denied) {
      return Found.none(Outcome.DENIED, "the process's /tmp cannot be read");
    } catch (IOException failure) {
      return Found.none(Outcome.FAILED, "the process's /tmp cannot be read");
    }
  }

  private static Found at(TargetRoot root, String path, Expect expect) {
    try {
      return new Found(Optional.of(root.file(path, expect)), Outcome.TAKEN, "");
    } catch (NoSuchFileException | AccessDeniedException others) {
      return Found.none(Outcome.ABSENT, "");
    } catch (Refused unfit) {
      return Found.none(Outcome.FAILED, "the process's hsperfdata file is not read: " + unfit.getMessage());
    } catch (IOException link) {
      return Found.none(Outcome.FAILED, "the process's hsperfdata file is not read: a link is in the way");
    }
  }
}
