package io.tare.sync.destination;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * The lines that MLSD answers with (RFC 3659), of which one is
 * {@code type=file;size=1024;modify=20250615150640;perm=rwadf; name with spaces}. They are read one by one: a directory may have more
 * than fit into memory.
 */
final class FtpListing {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
  private static final int TIME_LENGTH = 14;
  private static final int LONGEST_LINE = 1 << 14;
  private static final long STEP_MILLIS = 1000;

  private FtpListing() {}

  /** One file of a listing. */
  record Line(String name, Standing file) {}

  static void read(Socket data, boolean keepsTimes, ListedDirectory into) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(data.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      parse(line, keepsTimes).ifPresent(found -> into.add(found.name(), found.file()));
    }
  }

  /** Empty for directories, and for lines that are no files with a size: such a file is then asked for as if it were not there. */
  static Optional<Line> parse(String line, boolean keepsTimes) {
    int space = line.indexOf(' ');
    if (space < 0 || line.length() > LONGEST_LINE) {
      return Optional.empty();
    }
    boolean isFile = false;
    long sizeBytes = -1;
    long modifiedMillis = -1;
    for (String fact : line.substring(0, space).split(";")) {
      int equals = fact.indexOf('=');
      String name = equals < 0 ? "" : fact.substring(0, equals).toLowerCase(Locale.ROOT);
      String value = fact.substring(equals + 1);
      switch (name) {
        case "type" -> isFile = value.equalsIgnoreCase("file");
        case "size" -> sizeBytes = number(value);
        case "modify" -> modifiedMillis = millis(value);
        default -> {
        }
      }
    }
    if (!isFile || sizeBytes < 0) {
      return Optional.empty();
    }
    Standing file = keepsTimes && modifiedMillis >= 0
        ? Standing.of(sizeBytes, modifiedMillis, STEP_MILLIS)
        : Standing.ofSize(sizeBytes);
    return Optional.of(new Line(line.substring(space + 1), file));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notOne) {
      return -1;
    }
  }

  private static long millis(String text) {
    if (text.length() < TIME_LENGTH) {
      return -1;
    }
    try {
      return LocalDateTime.parse(text.substring(0, TIME_LENGTH), TIME).toEpochSecond(ZoneOffset.UTC) * STEP_MILLIS;
    } catch (DateTimeParseException notOne) {
      return -1;
    }
  }
}
