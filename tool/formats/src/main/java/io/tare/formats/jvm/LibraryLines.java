package io.tare.formats.jvm;

import io.tare.formats.text.Numbers;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mappings under {@code Dynamic libraries:}, for two things that nothing else in VM.info tells: where ZGC's heap
 * lies, and which slice of another heap is mapped from an archive of objects.
 */
final class LibraryLines implements Lines {
  private static final Pattern MAPPING = Pattern
      .compile("([0-9a-f]{1,16})-([0-9a-f]{1,16}) \\S{4} [0-9a-f]+ \\S+ \\d+ +(.*)");

  private static final int MOST_ARCHIVES = 64;

  private final ZgcPages pages;
  private int archives;

  LibraryLines(ZgcPages pages) {
    this.pages = pages;
  }

  @Override
  public boolean accept(String line, LayoutBuilder layout) {
    Matcher mapping = MAPPING.matcher(line);
    if (!mapping.matches()) {
      return false;
    }
    long start = Numbers.address(mapping.group(1)).orElse(0);
    long end = Numbers.address(mapping.group(2)).orElse(0);
    if (mapping.group(3).contains("java_heap")) {
      pages.heapMapping(start);
    } else if (mapping.group(3).endsWith(".jsa") && archives++ < MOST_ARCHIVES && isNewSlice(start, end, layout)) {
      layout.region(Purpose.HEAP_ARCHIVE, "archive", start, end);
    }
    return true;
  }

  /** JDK 17 has told of such slices in the region table already. */
  private static boolean isNewSlice(long start, long end, LayoutBuilder layout) {
    return layout.isWithin(Purpose.HEAP, start, end) && !layout.isWithin(Purpose.HEAP_ARCHIVE, start, end);
  }
}
