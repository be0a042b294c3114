package io.tare.formats.jvm;

import io.tare.formats.text.Addresses;
import io.tare.formats.text.Sizes;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of VM.info that name a range of addresses: the heap, archives, class space, the collector's side tables. */
final class RangeLines implements Lines {
  private static final Pattern HEAP = Pattern.compile("[Hh]eap address: 0x[0-9a-f]+, size: (\\d+ [KMG]B).*");
  private static final Pattern OLD_CLASS_SPACE = Pattern
      .compile("Compressed class space size: (\\d+) Address: 0x[0-9a-f]+.*");
  private static final Pattern BITS = Pattern.compile(" (?:(\\w+) )?Bits: +\\[0x.*");
  private static final long SMALLEST_PAGE = 4096;

  @Override
  public boolean accept(String line, LayoutBuilder layout) {
    long[] addresses = line.startsWith("|") ? new long[0] : Addresses.all(line);
    if (addresses.length == 0) {
      return false;
    }
    Matcher heap = HEAP.matcher(line);
    Matcher classSpace = OLD_CLASS_SPACE.matcher(line);
    Matcher bits = BITS.matcher(line);
    if (heap.matches()) {
      heap(addresses[0], Sizes.bytes(heap.group(1)), layout);
    } else if (line.startsWith("CDS archive(s) mapped at:") && addresses.length >= 3) {
      layout.region(Purpose.CDS, "static archive", addresses[0], addresses[1]);
      layout.region(Purpose.CDS, "dynamic archive", addresses[1], addresses[2]);
    } else if (line.startsWith("Compressed class space mapped at:") && addresses.length >= 2) {
      layout.region(Purpose.CLASS_SPACE, "class space", addresses[0], addresses[1]);
    } else if (classSpace.matches()) {
      OptionalLong bytes = Sizes.bytes(classSpace.group(1));
      layout.region(Purpose.CLASS_SPACE, "class space", addresses[0], addresses[0] + bytes.orElse(0));
    } else if (line.startsWith("Card table byte_map:") && addresses.length >= 2) {
      layout.region(Purpose.GC, "card table", addresses[0], addresses[1]);
    } else if (bits.matches() && addresses.length == 2) {
      String which = bits.group(1) == null ? "mark" : bits.group(1).toLowerCase(Locale.ROOT);
      layout.region(Purpose.GC, which + " bitmap", addresses[0], addresses[1]);
    } else if (line.startsWith("Polling page:")) {
      layout.region(Purpose.MACHINERY, "polling page", addresses[0], addresses[0] + SMALLEST_PAGE);
    } else {
      return false;
    }
    return true;
  }

  private static void heap(long start, OptionalLong bytes, LayoutBuilder layout) {
    if (bytes.isPresent()) {
      layout.fact(FactKeys.HEAP_MAX, bytes);
      layout.region(Purpose.HEAP, "heap", start, start + bytes.getAsLong());
    }
  }
}
