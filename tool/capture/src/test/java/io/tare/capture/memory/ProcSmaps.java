package io.tare.capture.memory;

import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plain reader of {@code /proc/PID/smaps}, as far as the memory tests need it. */
public final class ProcSmaps {
  private static final Pattern HEAD = Pattern
      .compile("([0-9a-f]+)-([0-9a-f]+) (\\S{4}) ([0-9a-f]+) (\\S+) (\\d+) *(.*)");

  private ProcSmaps() {}

  public static Smaps read(Path procPid) throws IOException {
    List<Mapping> mappings = new ArrayList<>();
    Matcher head = HEAD.matcher("");
    Map<String, Long> bytes = new HashMap<>();
    for (String line : Files.readAllLines(procPid.resolve("smaps"))) {
      Matcher next = HEAD.matcher(line);
      if (next.matches()) {
        finish(head, bytes, mappings);
        head = next;
      } else if (line.endsWith(" kB")) {
        String[] words = line.split(":? +");
        bytes.put(words[0], Long.parseLong(words[1]) << 10);
      }
    }
    finish(head, bytes, mappings);
    return new Smaps(mappings);
  }

  private static void finish(Matcher head, Map<String, Long> bytes, List<Mapping> into) {
    if (head.hitEnd() && head.groupCount() > 0 && !bytes.isEmpty()) {
      into.add(new Mapping(
          new AddressRange(Long.parseUnsignedLong(head.group(1), 16), Long.parseUnsignedLong(head.group(2), 16)),
          head.group(3), Long.parseUnsignedLong(head.group(4), 16), head.group(5), Long.parseLong(head.group(6)),
          head.group(7), counts(bytes), ""));
    }
    bytes.clear();
  }

  private static MappingBytes counts(Map<String, Long> bytes) {
    return new MappingBytes(bytes.getOrDefault("Rss", 0L), bytes.getOrDefault("Pss", 0L), 0, 0, 0,
        bytes.getOrDefault("Private_Dirty", 0L), bytes.getOrDefault("Anonymous", 0L), 0, 0,
        bytes.getOrDefault("Swap", 0L), 0, 0);
  }
}
