package io.tare.fleet.agent;

import io.tare.model.history.RecordedProcess;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a segment: {@code orders-4711-8c1f0a22d14b-20261122T043012345Z.tarerec}. Service and pid are for people; the twelve digits stand
 * for boot, pid and start, which are one process and no other; the time is when the segment began.
 */
record SegmentName(String text, long beganMillis) {
  static final String ENDING = ".tarerec";

  private static final Pattern FORM = Pattern
      .compile("[A-Za-z0-9._-]{1,64}-[0-9]{1,10}-[0-9a-f]{12}-([0-9]{8}T[0-9]{9})Z\\.tarerec");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS")
      .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
  private static final int LONGEST = 64;
  private static final int KEY_BYTES = 6;

  static SegmentName of(RecordedProcess process, String service, long beganMillis) {
    return new SegmentName(cleaned(service) + "-" + process.pid() + "-" + key(process) + "-"
        + TIME.format(Instant.ofEpochMilli(beganMillis)) + "Z" + ENDING, beganMillis);
  }

  /** Empty when this is no name of a segment. */
  static Optional<SegmentName> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SegmentName(text,
          LocalDateTime.parse(form.group(1), TIME).toInstant(ZoneOffset.UTC).toEpochMilli()));
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }

  /** Where it goes below the destination: {@code day=2026-11-22/NODE/NAME}. */
  String place(String node) {
    return "day=" + DAY.format(Instant.ofEpochMilli(beganMillis)) + "/" + cleaned(node) + "/" + text;
  }

  /** What may stand in names of files and objects everywhere. */
  static String cleaned(String name) {
    String kept = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.-]+", "_");
    return kept.isEmpty() ? "_" : kept.substring(0, Math.min(LONGEST, kept.length()));
  }

  private static String key(RecordedProcess process) {
    String one = process.boot() + ":" + process.pid() + ":" + process.startTicks();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(one.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
