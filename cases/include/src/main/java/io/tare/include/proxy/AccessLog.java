package io.tare.include.proxy;

import io.tare.include.http.Exchange;
import io.tare.include.http.Head;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A line for each request, in the combined format with the seconds it took at the end. Written once a second; what can't be
 * written, since the disk is full, is counted and said by the first line after it.
 */
public final class AccessLog implements AutoCloseable {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
      .withZone(ZoneOffset.UTC);
  private static final int LONGEST = 2_048;

  private final Path file;
  private Writer out;
  private long lost;

  private AccessLog(Path file, Writer out) {
    this.file = file;
    this.out = out;
  }

  public static AccessLog to(Path file) throws IOException {
    return new AccessLog(file, writer(file));
  }

  private static Writer writer(Path file) throws IOException {
    return new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE,
        StandardOpenOption.APPEND), 65_536);
  }

  void ended(Exchange exchange) {
    write(line(exchange, Instant.now()));
  }

  static String line(Exchange exchange, Instant now) {
    Head request = exchange.request();
    return String.format(Locale.ROOT, "%s - - [%s] \"%s\" %d %d \"%s\" \"%s\" %.6f\n", exchange.client(),
        TIME.format(now),
        harmless(request.first() + " " + request.second() + " " + request.third()), exchange.status(),
        exchange.answerBytes(), harmless(request.field("referer").orElse("-")),
        harmless(request.field("user-agent").orElse("-")), exchange.nanos() / 1e9);
  }

  /** A client writes into our log: quotes, backslashes and what is no ASCII are escaped, and it ends somewhere. */
  private static String harmless(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < Math.min(LONGEST, text.length()); i++) {
      char letter = text.charAt(i);
      if (letter == '"' || letter == '\\' || letter < ' ' || letter > '~') {
        safe.append(String.format("\\x%02X", letter & 0xFF));
      } else {
        safe.append(letter);
      }
    }
    return text.length() > LONGEST ? safe + "..." : safe.toString();
  }

  private synchronized void write(String line) {
    try {
      if (lost > 0) {
        out.write("- - - [" + TIME.format(Instant.now()) + "] \"" + lost + " lines were lost\" 0 0 \"-\" \"-\" 0\n");
        lost = 0;
      }
      out.write(line);
    } catch (IOException full) {
      lost++;
    }
  }

  public synchronized void flush() {
    try {
      out.flush();
    } catch (IOException full) {
      lost++;
    }
  }

  /** Goes on in a new file of the same name, after somebody moved the old one away. */
  public synchronized void reopen() throws IOException {
    Writer anew = writer(file);
    close();
    out = anew;
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException full) {
      lost++;
    }
  }
}
