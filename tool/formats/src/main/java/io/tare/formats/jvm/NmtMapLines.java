package io.tare.formats.jvm;

import io.tare.formats.text.Addresses;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reservations in the virtual memory map of {@code detail}; what is committed within them is indented and left
 * out. The call stack under a reservation tells a code segment from its map.
 */
final class NmtMapLines implements Lines {
  private static final Pattern RESERVED = Pattern
      .compile("\\[0x[0-9a-f]+ - 0x[0-9a-f]+\\] reserved (?:and committed )?\\d+[KMG]?B? for (.*?)(?: from)?");

  private static final String RESERVER = "    ";

  private String category = "";
  private long start;
  private long end;
  private boolean segmentMap;

  @Override
  public boolean accept(String line, LayoutBuilder layout) {
    Matcher reserved = RESERVED.matcher(line);
    if (reserved.matches()) {
      finish(layout);
      long[] range = Addresses.all(line);
      if (range.length == 2) {
        category = reserved.group(1);
        start = range[0];
        end = range[1];
      }
      return true;
    }
    // The frames of what was committed later are indented further.
    boolean isFrame = line.startsWith(RESERVER) && !line.startsWith(RESERVER + " ");
    segmentMap |= isFrame && line.contains("CodeHeap::reserve(");
    return false;
  }

  /** Puts the reservation that is at hand into the layout. */
  void finish(LayoutBuilder layout) {
    if (!category.isEmpty()) {
      Purpose purpose = purpose(category);
      layout.region(segmentMap && purpose == Purpose.CODE ? Purpose.CODE_SEGMENT_MAP : purpose, category, start, end);
    }
    category = "";
    segmentMap = false;
  }

  private static Purpose purpose(String category) {
    return switch (category) {
      case "Java Heap" -> Purpose.HEAP;
      case "Class" -> Purpose.CLASS_SPACE;
      case "Metaspace" -> Purpose.METASPACE;
      case "Code" -> Purpose.CODE;
      case "GC", "GCCardSet", "Card Table" -> Purpose.GC;
      case "Shared class space" -> Purpose.CDS;
      case "Safepoint", "Internal" -> Purpose.MACHINERY;
      default -> Purpose.OTHER;
    };
  }
}
