package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.text.LineReader;
import io.tare.model.jvm.JvmLayout;

/**
 * The answer to {@code VM.flags}, with or without {@code -all}: facts {@code flag.<name>}. JDK 25 prints
 *
 * <pre>
 *    size_t MaxHeapSize                              = 67108864        {product} {command line}
 * </pre>
 */
public final class VmFlagsText {
  private VmFlagsText() {}

  public static Parsed<JvmLayout> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    LayoutBuilder layout = new LayoutBuilder("VM.flags", artifact, limits);
    FlagLines flags = new FlagLines();
    LineReader lines = new LineReader(content, limits);
    boolean any = false;
    while (lines.advance()) {
      layout.at(lines.where());
      any |= flags.accept(lines.line(), layout);
    }
    if (!any) {
      throw new NotThisFormat(artifact + " lists no flag");
    }
    return layout.build();
  }
}
