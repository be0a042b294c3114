package io.tare.formats.proc;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import java.nio.charset.StandardCharsets;

/**
 * {@code /proc/PID/maps}: the mappings without their counts, for where smaps is refused. Linux 6.18 prints
 *
 * <pre>
 * ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
 * </pre>
 *
 * and the heap of ZGC on JDK 17 as {@code … /memfd:java_heap (deleted)}.
 */
public final class MapsText {
  private MapsText() {}

  public static Parsed<Smaps> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    return parse(artifact, content.getBytes(StandardCharsets.UTF_8), limits);
  }

  public static Parsed<Smaps> parse(String artifact, byte[] content, ParseLimits limits) throws NotThisFormat {
    ByteCursor cursor = new ByteCursor(content, content.length);
    MappingHeader.Reader headers = new MappingHeader.Reader(cursor, new TextPool(content), limits.textLength());
    MappingList mappings = new MappingList(artifact, limits);
    for (int line = 1; cursor.hasMore() && !mappings.isFull(); line++) {
      int lineEnd = cursor.find('\n');
      MappingHeader header = headers.read(lineEnd);
      if (header == null && line == 1) {
        throw MappingList.notMappings(artifact);
      }
      if (lineEnd >= content.length) {
        mappings.problem(line, "the text ends within a line");
      } else if (header == null) {
        mappings.problem(line, "expected a mapping");
      } else if (mappings.accepts(header, line)) {
        mappings.add(header.with(MappingBytes.NONE, ""));
      }
      cursor.moveTo(lineEnd + 1);
    }
    return mappings.result();
  }
}
