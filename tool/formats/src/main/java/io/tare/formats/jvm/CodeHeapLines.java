package io.tare.formats.jvm;

import io.tare.formats.text.Addresses;
import io.tare.formats.text.Sizes;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The segments of the code cache: a line with the name and sizes, then one with
 * {@code bounds [low, committed end, end]}.
 */
final class CodeHeapLines implements Lines {
  private static final Pattern SEGMENT = Pattern
      .compile("(?:CodeHeap '([^']*)'|CodeCache): size=\\d+Kb,? used=(\\d+)Kb.*");

  private String name = "";
  private long used;
  private boolean usedSaid;

  @Override
  public boolean accept(String line, LayoutBuilder layout) {
    Matcher segment = SEGMENT.matcher(line);
    if (segment.matches()) {
      segment(segment, layout);
      return true;
    }
    if (!line.startsWith(" bounds [")) {
      return false;
    }
    long[] bounds = Addresses.all(line);
    if (bounds.length == 3 && !name.isEmpty()) {
      layout.region(Purpose.CODE, name, bounds[0], bounds[2]);
    } else {
      layout.problem("expected three bounds of a segment");
    }
    name = "";
    return true;
  }

  private void segment(Matcher segment, LayoutBuilder layout) {
    OptionalLong bytes = Sizes.bytes(segment.group(2), "K");
    boolean isSum = segment.group(1) == null && usedSaid;
    name = segment.group(1) == null ? "code cache" : segment.group(1);
    if (bytes.isPresent() && !isSum) {
      used += bytes.getAsLong();
      usedSaid = true;
    }
    layout.fact(FactKeys.CODE_USED, OptionalLong.of(used));
  }
}
