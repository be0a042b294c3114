package io.tare.app.operand;

import io.tare.history.log.LogReading;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

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
        read(new BufferedInputStream(in, 1 << 16), reading);
      }
    }
  }

  private static void read(BufferedInputStream in, LogReading reading) throws IOException {
    if (!isPacked(in)) {
      lines(in, reading);
      return;
    }
    Unpacked unpacked = new Unpacked(in);
    lines(unpacked, reading);
    unpacked.damage.ifPresent(reading::endsEarly);
  }

  private static boolean isPacked(BufferedInputStream in) throws IOException {
    in.mark(2);
    int first = in.read();
    int second = in.read();
    in.reset();
    return first == GZIP_FIRST && second == GZIP_SECOND;
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

  /** What could be unpacked before a file that was cut, or is damaged, ends: log rotation and kills leave such files. */
  private static final class Unpacked extends InputStream {
    private final InputStream packed;
    private @Nullable InputStream in;
    private Optional<String> damage = Optional.empty();

    Unpacked(InputStream packed) {
      this.packed = packed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (damage.isPresent()) {
        return -1;
      }
      try {
        InputStream open = in != null ? in : new GZIPInputStream(packed, 1 << 16);
        in = open;
        return open.read(bytes, from, length);
      } catch (EOFException cut) {
        damage = Optional.of("the compressed file is cut off: what stands before the cut was read");
      } catch (ZipException damaged) {
        damage = Optional.of("the compressed file is damaged: what could be unpacked before the damage was read");
      }
      return -1;
    }
  }
}
