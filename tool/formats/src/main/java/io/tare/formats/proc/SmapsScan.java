package io.tare.formats.proc;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One pass over the bytes of an smaps text. Line by line: 60,000 mappings have 1.5 million of them. */
final class SmapsScan {
  private static final byte[] FLAGS = "VmFlags".getBytes(StandardCharsets.US_ASCII);

  private final String artifact;
  private final byte[] bytes;
  private final ByteCursor cursor;
  private final TextPool texts;
  private final MappingHeader.Reader headers;
  private final CountsReader counts;
  private final MappingList mappings;
  private int line;
  private int headerLine;
  private @Nullable MappingHeader header;
  private String flags = "";

  SmapsScan(String artifact, byte[] bytes, ParseLimits limits) {
    this.artifact = artifact;
    this.bytes = bytes;
    this.cursor = new ByteCursor(bytes, bytes.length);
    this.texts = new TextPool(bytes);
    this.headers = new MappingHeader.Reader(cursor, texts, limits.textLength());
    this.counts = new CountsReader(bytes);
    this.mappings = new MappingList(artifact, limits);
  }

  Parsed<Smaps> run() throws NotThisFormat {
    while (cursor.hasMore() && !mappings.isFull()) {
      line++;
      int from = cursor.at();
      int lineEnd = startsDetail(bytes[from]) ? detail() : header();
      if (lineEnd >= bytes.length) {
        mappings.problem(line, "the text ends within a line");
      }
      cursor.moveTo(lineEnd + 1);
    }
    finishMapping();
    return mappings.result();
  }

  private static boolean startsDetail(byte first) {
    return first >= 'A' && first <= 'Z';
  }

  /** Reads the line as the start of a mapping; returns the line's end. */
  private int header() throws NotThisFormat {
    finishMapping();
    int from = cursor.at();
    int lineEnd = cursor.find('\n');
    MappingHeader next = headers.read(lineEnd);
    if (next == null && line == 1) {
      throw MappingList.notMappings(artifact);
    }
    if (next == null) {
      mappings.problem(line, "expected a mapping but found '" + shown(from, lineEnd) + "'");
    } else if (lineEnd < bytes.length && mappings.accepts(next, line)) {
      header = next;
      headerLine = line;
      counts.start();
    }
    return lineEnd;
  }

  /** Reads the line as {@code Key: value}; returns the line's end. */
  private int detail() throws NotThisFormat {
    if (line == 1) {
      throw MappingList.notMappings(artifact);
    }
    int from = cursor.at();
    int keyEnd = keyEnd(from);
    if (header == null || keyEnd >= bytes.length) {
      return cursor.find('\n');
    }
    int field = counts.field(from, keyEnd);
    cursor.moveTo(keyEnd + 1);
    cursor.skipBlanks();
    if (field >= 0) {
      return count(field, from);
    }
    int lineEnd = cursor.find('\n');
    if (Arrays.equals(FLAGS, 0, FLAGS.length, bytes, from, keyEnd) && lineEnd < bytes.length) {
      flags = texts.text(cursor.at(), lineEnd).strip();
    }
    return lineEnd;
  }

  private int keyEnd(int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != ':' && bytes[at] != '\n') {
      at++;
    }
    return at < bytes.length && bytes[at] == ':' ? at : bytes.length;
  }

  private int count(int field, int lineStart) {
    long kibibytes = cursor.decimal();
    boolean hasUnit = cursor.take(' ') && cursor.take('k') && cursor.take('B');
    int lineEnd = cursor.find('\n');
    if (kibibytes < 0 || kibibytes > Long.MAX_VALUE >> 10 || !hasUnit || lineEnd != cursor.at()) {
      mappings.problem(line, "expected '<number> kB' but found '" + shown(lineStart, lineEnd) + "'");
    } else if (lineEnd < bytes.length) {
      counts.set(field, kibibytes << 10);
    }
    return lineEnd;
  }

  private void finishMapping() {
    MappingHeader finished = header;
    if (finished == null) {
      return;
    }
    mappings.add(finished.with(checkedCounts(finished), flags));
    header = null;
    flags = "";
  }

  private MappingBytes checkedCounts(MappingHeader finished) {
    if (!counts.hasRss()) {
      mappings.problem(headerLine, "mapping " + finished.range() + " lacks its Rss: its counts are taken as zero");
      return MappingBytes.NONE;
    }
    String tooLarge = counts.tooLarge(finished.range().bytes());
    if (!tooLarge.isEmpty()) {
      mappings.problem(headerLine,
          "mapping " + finished.range() + " is smaller than its " + tooLarge + ": its counts are taken as zero");
      return MappingBytes.NONE;
    }
    if (counts.lacksFields()) {
      mappings.problem(headerLine, "mapping " + finished.range() + " lacks some of its counts");
    }
    return counts.counts();
  }

  private String shown(int from, int to) {
    return new String(bytes, from, Math.min(to - from, 60), StandardCharsets.UTF_8);
  }
}
