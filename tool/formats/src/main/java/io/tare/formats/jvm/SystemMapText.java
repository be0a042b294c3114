package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.text.LineReader;
import io.tare.model.jvm.JvmLayout;

/**
 * The answer to {@code System.map} (JDK 24 and later): all mappings, labelled where native memory tracking is on;
 * without it there are no labels and so no regions. JDK 25 prints (with wider columns)
 *
 * <pre>
 * from              to                   vsize prot    rss hugetlb pgsz notes      info                        file
 * 0x00007f558bd03000-0x00007f558bdff000  1032192 rw-p  90112       0 4K   com,nothp  STACK-11148-Attach-Listener -
 * </pre>
 */
public final class SystemMapText {
  private SystemMapText() {}

  public static Parsed<JvmLayout> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    LayoutBuilder layout = new LayoutBuilder("System.map", artifact, limits);
    SystemMapLines map = new SystemMapLines();
    LineReader lines = new LineReader(content, limits);
    while (lines.advance()) {
      layout.at(lines.where());
      if (lines.ended()) {
        map.accept(lines.line(), layout);
      } else {
        layout.problem("the text ends within a line");
      }
    }
    map.finish(layout);
    if (!map.sawHeader()) {
      throw new NotThisFormat(artifact + " has no table that begins with 'from to vsize'");
    }
    return layout.build();
  }
}
