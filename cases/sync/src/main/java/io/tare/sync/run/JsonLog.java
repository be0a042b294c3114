package io.tare.sync.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Locale;

/**
 * A run as lines of JSON, behind what the file holds already:
 * {@code {"time":"2026-01-02T03:04:05.678Z","event":"copied","path":"a/b","bytes":12}}.
 */
public final class JsonLog implements RunLog, AutoCloseable {
  private final Writer lines;
  private final InstantSource clock;

  JsonLog(Writer lines, InstantSource clock) {
    this.lines = lines;
    this.clock = clock;
  }

  public static JsonLog open(Path file) throws IOException {
    return new JsonLog(Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE,
        StandardOpenOption.APPEND), InstantSource.system());
  }

  @Override
  public synchronized void event(String name, Object... namesAndValues) {
    StringBuilder line = new StringBuilder("{\"time\":\"").append(clock.instant()).append("\",\"event\":");
    quote(name, line);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      line.append(',');
      quote(String.valueOf(namesAndValues[i]), line);
      line.append(':');
      if (namesAndValues[i + 1] instanceof Number number) {
        line.append(number);
      } else {
        quote(String.valueOf(namesAndValues[i + 1]), line);
      }
    }
    try {
      lines.write(line.append("}\n").toString());
    } catch (IOException failure) {
      throw new UncheckedIOException("the log can't be written: " + failure.getMessage(), failure);
    }
  }

  private static void quote(String text, StringBuilder into) {
    into.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        into.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c) || c == 0x7F) {
        into.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        into.append(c);
      }
    }
    into.append('"');
  }

  @Override
  public synchronized void flush() {
    try {
      lines.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException("the log can't be written: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
