package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.text.Addresses;
import io.tare.formats.text.LineReader;
import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.jvm.JvmThread;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /**
   * The rows of System.map. Rows that touch and bear the same label are one region, or one stack with its guard pages.
   */
  static final class SystemMapLines implements Lines {
    private static final Pattern STACK = Pattern.compile("STACK-(\\d{1,18})-(.*)");
    private static final Pattern MACHINE_THREAD = Pattern
        .compile("(VM-Thread|VM-Periodic|GC-Thread|G1-|Z[A-Z]|XWorker|XDriver|Shenandoah|Watcher|Concurrent-Ref).*");

    private int infoColumn = -1;
    private String label = "";
    private long start;
    private long end;

    boolean sawHeader() {
      return infoColumn >= 0;
    }

    @Override
    public boolean accept(String line, LayoutBuilder layout) {
      if (line.startsWith("from ") && line.contains(" vsize ")) {
        infoColumn = line.indexOf(" info ") + 1;
        return true;
      }
      if (infoColumn <= 0 || !line.startsWith("0x")) {
        return false;
      }
      long[] range = Addresses.all(line);
      if (range.length < 2 || line.length() <= infoColumn) {
        layout.problem("expected a mapping but found '" + line + "'");
        return true;
      }
      row(range[0], range[1], info(line), layout);
      return true;
    }

    private String info(String line) {
      int blank = line.indexOf(' ', infoColumn);
      return line.substring(infoColumn, blank < 0 ? line.length() : blank);
    }

    private void row(long from, long to, String info, LayoutBuilder layout) {
      if (info.equals(label) && from == end) {
        end = to;
        return;
      }
      finish(layout);
      label = info;
      start = from;
      end = to;
    }

    /** Puts the region that is at hand into the layout. */
    void finish(LayoutBuilder layout) {
      Matcher stack = STACK.matcher(label);
      if (stack.matches() && Long.compareUnsigned(start, end) < 0) {
        boolean java = !MACHINE_THREAD.matcher(stack.group(2)).matches();
        layout.thread(new JvmThread(Long.parseLong(stack.group(1)), stack.group(2), new AddressRange(start, end), java));
      } else if (!label.isEmpty() && !label.equals("-")) {
        layout.region(purpose(label), label, start, end);
      }
      label = "";
    }

    /** The purpose that all labels of a mapping share; a mapping that the kernel merged has several, after commas. */
    private static Purpose purpose(String labels) {
      Purpose shared = null;
      for (String one : labels.split(",")) {
        Purpose purpose = purposeOfOne(one);
        if (shared != null && shared != purpose) {
          return Purpose.OTHER;
        }
        shared = purpose;
      }
      return shared == null ? Purpose.OTHER : shared;
    }

    private static Purpose purposeOfOne(String label) {
      return switch (label) {
        case "JAVAHEAP" -> Purpose.HEAP;
        case "CLASS" -> Purpose.CLASS_SPACE;
        case "META" -> Purpose.METASPACE;
        case "CODE" -> Purpose.CODE;
        case "CDS" -> Purpose.CDS;
        case "GC", "CARDTBL" -> Purpose.GC;
        case "POLL", "INTERN" -> Purpose.MACHINERY;
        default -> Purpose.OTHER;
      };
    }
  }
}
