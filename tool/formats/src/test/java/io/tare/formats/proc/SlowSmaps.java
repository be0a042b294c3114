package io.tare.formats.proc;

import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The obvious way to read smaps, for the fast one to agree with. */
final class SlowSmaps {
  private static final Pattern HEADER = Pattern
      .compile("([0-9a-f]+)-([0-9a-f]+) (\\S{4}) ([0-9a-f]+) (\\S+) (\\d+) *(.*)");
  private static final Pattern COUNT = Pattern.compile("(\\w+): +(\\d+) kB");

  private SlowSmaps() {}

  static List<Mapping> parse(String text) {
    List<Mapping> mappings = new ArrayList<>();
    Matcher header = null;
    Map<String, Long> counts = new HashMap<>();
    String flags = "";
    for (String line : text.split("\n")) {
      Matcher next = HEADER.matcher(line);
      Matcher count = COUNT.matcher(line);
      if (next.matches()) {
        add(mappings, header, counts, flags);
        header = next;
        counts.clear();
      } else if (count.matches()) {
        counts.put(count.group(1), Long.parseLong(count.group(2)) * 1024);
      } else if (line.startsWith("VmFlags:")) {
        flags = line.substring(8).strip();
      }
    }
    add(mappings, header, counts, flags);
    return mappings;
  }

  private static void add(List<Mapping> mappings, Matcher header, Map<String, Long> counts, String flags) {
    if (header == null) {
      return;
    }
    AddressRange range = new AddressRange(Long.parseUnsignedLong(header.group(1), 16),
        Long.parseUnsignedLong(header.group(2), 16));
    mappings.add(new Mapping(range, header.group(3), Long.parseLong(header.group(4), 16), header.group(5),
        Long.parseLong(header.group(6)), header.group(7), bytes(counts), flags));
  }

  private static MappingBytes bytes(Map<String, Long> counts) {
    return new MappingBytes(of(counts, "Rss"), of(counts, "Pss"), of(counts, "Shared_Clean"),
        of(counts, "Shared_Dirty"), of(counts, "Private_Clean"), of(counts, "Private_Dirty"), of(counts, "Anonymous"),
        of(counts, "LazyFree"), of(counts, "AnonHugePages"), of(counts, "Swap"), of(counts, "Locked"),
        of(counts, "Shared_Hugetlb") + of(counts, "Private_Hugetlb"), of(counts, "Referenced"));
  }

  private static long of(Map<String, Long> counts, String name) {
    return counts.getOrDefault(name, 0L);
  }
}
