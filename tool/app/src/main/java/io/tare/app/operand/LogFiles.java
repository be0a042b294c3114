package io.tare.app.operand;

import io.tare.history.log.LogReading;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Feeds log files to a reading, line by line; {@code -} is standard input, and what is compressed by gzip is unpacked. */
public final class LogFiles {
  private static final int LONGEST_LINE = 16 << 10;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private LogFiles() {}

  public static void read(List<String> operands, LogReading reading) throws IOException {
    for (String operand : operands) {
      try (InputStream in = operand.equals("-") ? System.in : Files.newInputStream(Path.of(operand))) {
        reading.source(operand.equals("-") ? "standard input" : String.valueOf(Path.of(operand).getFileName()));
        lines(unpacked(new BufferedInputStream(in, 1 << 16)), reading);
      }
    }
  }

  private static InputStream unpacked(BufferedInputStream in) throws IOException {
    in.mark(2);
    int first = in.read();
    int second = in.read();
    in.reset();
    return first == GZIP_FIRST && second == GZIP_SECOND ? new GZIPInputStream(in, 1 << 16) : in;
  }

  /** A line that is too long is cut, so that a file without line ends does not fill the memory. */
  private static void lines(InputStream in, LogReading reading) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    StringBuilder line = new StringBuilder();
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      if (c == '\n') {
        reading.accept(line.toString());
        line.setLength(0);
      } else if (c != '\r' && line.length() < LONGEST_LINE) {
        line.append((char) c);
      }
    }
    if (!line.isEmpty()) {
      reading.accept(line.toString());
    }
  }
}
