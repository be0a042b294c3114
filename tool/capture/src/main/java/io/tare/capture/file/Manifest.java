package io.tare.capture.file;

import io.tare.capture.file.CaptureFileException.Reason;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.facts.Fact;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.capture.Target;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The first entry of a capture file, as lines of facts: what the capture is, and everything of its artefacts but their content.
 *
 * <pre>
 * capture schema=tare.capture/1 tool=0.1.0
 * target name=java runtime=HOTSPOT start=162655 pid=4711
 * taken at=2026-01-01T00:00:00Z micros=84211
 * asked what=basic
 * artifact name=proc/smaps outcome=TAKEN note= micros=3120 bytes=184320
 * </pre>
 */
record Manifest(Target target, Instant takenAt, long elapsedMicros, List<String> asked, List<Entry> entries) {
  static final String ENTRY_NAME = "manifest";
  static final int VERSION = 1;

  private static final String SCHEMA = "tare.capture/";
  private static final String TOOL_VERSION = Optional
      .ofNullable(Manifest.class.getPackage().getImplementationVersion()).orElse("development");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");
  private static final ParseLimits LIMITS = new ParseLimits(20_000, 65_536, 5);

  Manifest {
    asked = List.copyOf(asked);
    entries = List.copyOf(entries);
  }

  /** One artefact, without its content. */
  record Entry(Artifact.Label label, long bytes) {
    boolean hasContent() {
      return label.outcome() == Outcome.TAKEN || label.outcome() == Outcome.PARTIAL;
    }
  }

  static Manifest of(Capture capture) {
    List<Entry> entries = capture.artifacts().values().stream().map(Manifest::entry).toList();
    return new Manifest(capture.target(), capture.takenAt(), capture.elapsedMicros(), capture.asked(), entries);
  }

  private static Entry entry(Artifact artifact) {
    return new Entry(
        new Artifact.Label(artifact.name(), artifact.outcome(), artifact.note(), artifact.micros()),
        artifact.hasContent() ? artifact.size() : 0);
  }

  /** Texts stand before numbers, because blanks of any alphabet at a line's end would be lost. */
  String write() {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("capture", "schema", SCHEMA + VERSION, "tool", TOOL_VERSION));
    facts.add(Fact.of("target", "name", target.name(), "runtime", target.runtime(), "start", target.startTicks(), "pid",
        target.pid()));
    facts.add(Fact.of("taken", "at", takenAt, "micros", elapsedMicros));
    asked.forEach(what -> facts.add(Fact.of("asked", "what", what)));
    entries.forEach(entry -> facts.add(Fact.of("artifact", "name", entry.label().name(), "outcome",
        entry.label().outcome(), "note", entry.label().note(), "micros", entry.label().micros(), "bytes",
        entry.bytes())));
    StringBuilder text = new StringBuilder();
    facts.forEach(fact -> text.append(fact.line()).append('\n'));
    return text.toString();
  }

  static Manifest parse(String text) throws CaptureFileException {
    List<Fact> facts;
    try {
      facts = Fact.parseAll(ENTRY_NAME, text, LIMITS).value();
    } catch (NotThisFormat binary) {
      throw notACapture();
    }
    checkVersion(facts);
    try {
      Fact target = first(facts, "target");
      Fact taken = first(facts, "taken");
      return new Manifest(
          new Target(number(target, "pid"), number(target, "start"), text(target, "name"),
              RuntimeKind.valueOf(text(target, "runtime"))),
          Instant.parse(text(taken, "at")), number(taken, "micros"),
          facts.stream().filter(fact -> fact.word().equals("asked")).map(fact -> fact.text("what"))
              .flatMap(Optional::stream).toList(),
          entries(facts));
    } catch (IllegalArgumentException | DateTimeException strange) {
      throw new CaptureFileException(Reason.DAMAGED, "the capture's manifest is damaged: " + strange.getMessage());
    }
  }

  private static void checkVersion(List<Fact> facts) throws CaptureFileException {
    String schema = facts.isEmpty() ? "" : facts.getFirst().text("schema").orElse("");
    if (!schema.startsWith(SCHEMA)) {
      throw notACapture();
    }
    OptionalLong version = new Fact("", Map.of("v", schema.substring(SCHEMA.length()))).number("v");
    if (version.isEmpty()) {
      throw notACapture();
    }
    if (version.getAsLong() > VERSION) {
      throw new CaptureFileException(Reason.NEWER_VERSION, "the capture was made by a newer Tare ("
          + facts.getFirst().text("tool").orElse("unknown version") + ", format " + version.getAsLong()
          + "); this one reads up to format " + VERSION + ": update it");
    }
  }

  private static List<Entry> entries(List<Fact> facts) {
    List<Entry> entries = new ArrayList<>();
    for (Fact fact : facts) {
      if (fact.word().equals("artifact")) {
        entries.add(new Entry(new Artifact.Label(safeName(text(fact, "name")), Outcome.valueOf(text(fact, "outcome")),
            text(fact, "note"), number(fact, "micros")), number(fact, "bytes")));
      }
    }
    return entries;
  }

  /** Names are never used as paths of files, but one that looks like a trick marks a file that Tare did not write. */
  private static String safeName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of an artefact");
    }
    return name;
  }

  private static Fact first(List<Fact> facts, String word) {
    return facts.stream().filter(fact -> fact.word().equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no line '" + word + "'"));
  }

  private static String text(Fact fact, String key) {
    return fact.text(key).orElseThrow(() -> new IllegalArgumentException("no '" + key + "' of " + fact.word()));
  }

  private static long number(Fact fact, String key) {
    return fact.number(key).orElseThrow(() -> new IllegalArgumentException("no '" + key + "' of " + fact.word()));
  }

  static CaptureFileException notACapture() {
    return new CaptureFileException(Reason.NOT_A_CAPTURE, "this is not a capture of Tare");
  }
}
