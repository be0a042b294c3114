package io.tare.capture.proc;

import io.tare.capture.door.ForeignFile;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.jvm.PerfDataBytes;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Outcome;
import io.tare.model.jvm.PerfData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A JVM's performance data, as they may be kept: text that tells of the program, its arguments or its user is blanked. */
public final class Hsperfdata {
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
    PerfFile.Found found = PerfFile.open(folder);
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
      return new Hsperfdata(Outcome.FAILED, "the file is damaged or still being written", micros, new byte[0]);
    }
    byte[] kept = file.clone();
    entries.get().texts().forEach(text -> scrub(text, kept));
    return new Hsperfdata(Outcome.TAKEN, "text about the program, its arguments and its user is blanked", micros, kept);
  }

  private static void scrub(PerfEntries.Text text, byte[] kept) {
    if (KEPT.contains(text.name()) || text.name().startsWith("sun.gc.")) {
      return;
    }
    String harmless = ARGUMENTS.contains(text.name()) ? JvmFlags.harmlessOf(text.value(kept)) : "";
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
