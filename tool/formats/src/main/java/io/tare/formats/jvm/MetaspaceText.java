package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.text.LineReader;
import io.tare.model.jvm.JvmLayout;

/**
 * The answer to {@code VM.metaspace}, {@code basic} or {@code vslist}. JDK 17 and 25 print
 *
 * <pre>
 *   Both:    207.07 KB used.
 * - node #0: base 0x00007f4a67000000: reserved=65536.00 KB, committed=256.00 KB ( &lt;1%), used=16384.00 KB ( 25%)
 * </pre>
 */
public final class MetaspaceText {
  private MetaspaceText() {}

  public static Parsed<JvmLayout> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    LayoutBuilder layout = new LayoutBuilder("VM.metaspace", artifact, limits);
    MetaspaceLines metaspace = new MetaspaceLines();
    LineReader lines = new LineReader(content, limits);
    boolean any = false;
    while (lines.advance()) {
      layout.at(lines.where());
      if (lines.ended()) {
        any |= metaspace.accept(lines.line(), layout);
      } else {
        layout.problem("the text ends within a line");
      }
    }
    if (!any) {
      throw new NotThisFormat(artifact + " says nothing of metaspace");
    }
    return layout.build();
  }
}
