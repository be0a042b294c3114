package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.text.LineReader;
import io.tare.model.jvm.JvmLayout;

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
}
