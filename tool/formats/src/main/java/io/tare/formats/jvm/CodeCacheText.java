package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.text.Addresses;
import io.tare.formats.text.LineReader;
import io.tare.formats.text.Sizes;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to {@code Compiler.codecache}. JDK 25 prints
 *
 * <pre>
 * CodeHeap 'non-nmethods': size=5692Kb used=1341Kb max_used=1355Kb free=4350Kb
 *  bounds [0x00007f55cb938000, 0x00007f55cbba8000, 0x00007f55cbec7000]
 * </pre>
 */
public final class CodeCacheText {
  private CodeCacheText() {}

  public static Parsed<JvmLayout> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    LayoutBuilder layout = new LayoutBuilder("Compiler.codecache", artifact, limits);
    CodeHeapLines segments = new CodeHeapLines();
    LineReader lines = new LineReader(content, limits);
    while (lines.advance()) {
      layout.at(lines.where());
      if (lines.ended()) {
        segments.accept(lines.line(), layout);
      } else {
        layout.problem("the text ends within a line");
      }
    }
    if (!layout.has(FactKeys.CODE_USED)) {
      throw new NotThisFormat(artifact + " names no segment of the code cache");
    }
    return layout.build();
  }

  /**
   * The segments of the code cache: a line with the name and sizes, then one with
   * {@code bounds [low, committed end, end]}.
   */
  static final class CodeHeapLines implements Lines {
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
}
