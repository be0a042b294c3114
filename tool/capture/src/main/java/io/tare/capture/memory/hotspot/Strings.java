package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.ProcessMemory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads many short strings that lie close together, as the names in a library do: each page is fetched once. */
final class Strings {
  private static final int MOST_PAGES = 4_096;

  private final ProcessMemory memory;
  private final int longest;
  private final int pageBytes;
  private final Map<Long, byte[]> pages = new HashMap<>();

  Strings(ProcessMemory memory, int longest) {
    this.memory = memory;
    this.longest = longest;
    this.pageBytes = memory.pageBytes();
  }

  Optional<String> at(long address) {
    int from = (int) (address & (pageBytes - 1));
    byte[] page = page(address - from);
    int most = Math.min(page.length, from + longest);
    for (int i = from; i < most; i++) {
      if (page[i] == 0) {
        return Optional.of(new String(page, from, i - from, StandardCharsets.ISO_8859_1));
      }
    }
    return memory.cString(address, longest);
  }

  private byte[] page(long start) {
    byte[] known = pages.get(start);
    if (known == null) {
      if (pages.size() >= MOST_PAGES) {
        pages.clear();
      }
      known = memory.read(start, pageBytes).orElse(new byte[0]);
      pages.put(start, known);
    }
    return known;
  }
}
