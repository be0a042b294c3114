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

  /**
   * Metaspace's usage, in the short form that goes with a heap's summary and in the long one, and the nodes of its lists
   * of virtual spaces.
   */
  static final class MetaspaceLines implements Lines {
    private static final Pattern USED = Pattern
        .compile(" *(Both|Class): .*?([0-9.]+) (bytes|KB|MB|GB)(?: +\\([ <0-9%]+\\))? used.*");
    private static final Pattern COMMITTED = Pattern
        .compile(" *Both: .* reserved, +([0-9.]+) (bytes|KB|MB|GB) +\\([ <0-9%]+\\) committed.*");
    private static final Pattern NODE = Pattern
        .compile("- node (#\\d+): base 0x[0-9a-f]+: reserved=([0-9.]+) (bytes|KB|MB|GB),.*");

    private static final Pattern SUMMARY = Pattern
        .compile(" *(Metaspace|class space) +used (\\d+[KMG]?),(?: capacity \\d+[KMG]?,)? committed (\\d+[KMG]?),.*");
    private static final int LONGEST = 300;

    private boolean classSpace;

    @Override
    public boolean accept(String line, LayoutBuilder layout) {
      if (line.startsWith("vsl ")) {
        classSpace = line.startsWith("vsl class-space");
        return true;
      }
      if (line.startsWith("- node ")) {
        return node(line, layout);
      }
      return line.length() <= LONGEST && (summary(line, layout) || used(line, layout) || committed(line, layout));
    }

    private static boolean summary(String line, LayoutBuilder layout) {
      Matcher summary = SUMMARY.matcher(line);
      if (!summary.matches()) {
        return false;
      }
      if (summary.group(1).equals("Metaspace")) {
        layout.fact(FactKeys.METASPACE_USED, Sizes.bytes(summary.group(2)));
        layout.fact(FactKeys.METASPACE_COMMITTED, Sizes.bytes(summary.group(3)));
      } else {
        layout.fact(FactKeys.CLASS_SPACE_USED, Sizes.bytes(summary.group(2)));
      }
      return true;
    }

    private boolean node(String line, LayoutBuilder layout) {
      Matcher node = NODE.matcher(line);
      OptionalLong bytes = node.matches() ? Sizes.bytes(node.group(2), node.group(3)) : OptionalLong.empty();
      if (bytes.isEmpty()) {
        layout.problem("expected '- node #n: base 0x…: reserved=… KB' but found '" + line + "'");
        return true;
      }
      long base = Addresses.all(line)[0];
      layout.region(classSpace ? Purpose.CLASS_SPACE : Purpose.METASPACE, "node " + node.group(1), base,
          base + bytes.getAsLong());
      return true;
    }

    private static boolean used(String line, LayoutBuilder layout) {
      Matcher used = USED.matcher(line);
      if (used.matches()) {
        String key = used.group(1).equals("Both") ? FactKeys.METASPACE_USED : FactKeys.CLASS_SPACE_USED;
        prefer(key, used.group(2), used.group(3), layout);
      }
      return used.matches();
    }

    private static boolean committed(String line, LayoutBuilder layout) {
      Matcher committed = COMMITTED.matcher(line);
      if (committed.matches()) {
        prefer(FactKeys.METASPACE_COMMITTED, committed.group(1), committed.group(2), layout);
      }
      return committed.matches();
    }

    /** Two decimals of a kilobyte are finer than the summary's figures, two of a gigabyte are not. */
    private static void prefer(String key, String number, String unit, LayoutBuilder layout) {
      boolean fine = unit.equals("KB") || unit.equals("bytes");
      if (fine || !layout.has(key)) {
        layout.fact(key, Sizes.bytes(number, unit));
      }
    }
  }
}
