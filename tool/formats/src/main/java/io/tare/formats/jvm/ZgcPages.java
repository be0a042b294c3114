package io.tare.formats.jvm;

import io.tare.formats.text.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ZGC's page table. It gives offsets into the heap, not addresses: JDK 17 adds the view that is good now ({@code Good:
 * 0x0000100000000000}), generational ZGC one fixed base, which is the power of two below the heap's mapping.
 *
 * <pre>
 *  Small   0x0000000000000000 0x0000000000130348 0x0000000000200000 O/5     Allocating        JDK 25
 *  Small   0x0000000000200000 0x00000000003fe020 0x0000000000400000  Relocatable              JDK 17
 * </pre>
 */
final class ZgcPages implements Lines {
  private static final Pattern PAGE = Pattern
      .compile(" (Small|Medium|Large) +0x[0-9a-f]+ 0x[0-9a-f]+ 0x[0-9a-f]+ +(?:([OYoy])/\\d+)?.*");

  private record Page(String role, long bottom, long top, long end) {}

  private final List<Page> pages = new ArrayList<>();
  private final int most;
  private long goodView;
  private long lowestMapping;

  ZgcPages(int most) {
    this.most = most;
  }

  /** Tells where the heap's memory is mapped. */
  void heapMapping(long start) {
    lowestMapping = lowestMapping == 0 || start < lowestMapping ? start : lowestMapping;
  }

  @Override
  public boolean accept(String line, LayoutBuilder layout) {
    if (line.startsWith(" Good: ")) {
      long[] view = Addresses.all(line);
      goodView = view.length == 1 ? view[0] : 0;
      return true;
    }
    Matcher page = PAGE.matcher(line);
    if (page.matches() && pages.size() < most) {
      long[] offsets = Addresses.all(line);
      if (offsets.length >= 3) {
        pages.add(new Page(role(page.group(1), page.group(2)), offsets[0], offsets[1], offsets[2]));
      }
    }
    return page.matches();
  }

  private static String role(String size, @Nullable String generation) {
    String role = size.equals("Small") ? "small" : size.equals("Large") ? "large" : "medium";
    return generation == null ? role : role + (generation.equalsIgnoreCase("Y") ? " young" : " old");
  }

  /** Puts the pages into the layout, once the heap's place is known. */
  void finish(LayoutBuilder layout) {
    long base = goodView != 0 ? goodView : Long.highestOneBit(lowestMapping);
    if (base == 0 && !pages.isEmpty()) {
      layout.problem("the heap's pages are given as offsets, and nothing says from where: they are left out");
      return;
    }
    for (Page page : pages) {
      layout.part(page.role(), base + page.bottom(), base + page.top(), base + page.end());
    }
  }
}
