package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.text.Addresses;
import io.tare.formats.text.LineReader;
import io.tare.formats.text.Sizes;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.jvm.NmtReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers to {@code VM.native_memory}: {@code summary}, {@code detail} and {@code summary.diff}, in any scale. JDK
 * 25 prints
 *
 * <pre>
 * -                    Thread (reserved=22601KB, committed=1269KB)
 *                             (threads #22)
 *                             (malloc=49KB tag=Thread #133) (peak=57KB #137)
 * [0x00007f55e563d000 - 0x00007f55e563f000] reserved and committed 8KB for Safepoint from
 * </pre>
 *
 * and in a difference {@code Total: reserved=1515342KB +186KB, committed=119918KB +186KB}.
 */
public final class NmtText {
  private NmtText() {}

  /** The totals of all three answers as of now. */
  public static Parsed<NmtReport> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    return read(artifact, content, limits, false);
  }

  /** What {@code summary.diff} says has changed since the baseline; numbers may be negative. */
  public static Parsed<NmtReport> parseChange(String artifact, String content, ParseLimits limits)
      throws NotThisFormat {
    return read(artifact, content, limits, true);
  }

  /** The map of reserved memory that {@code detail} adds. */
  public static Parsed<JvmLayout> parseMap(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    requireTracking(artifact, content);
    LayoutBuilder layout = new LayoutBuilder("VM.native_memory", artifact, limits);
    NmtMapLines map = new NmtMapLines();
    LineReader lines = new LineReader(content, limits);
    while (lines.advance()) {
      layout.at(lines.where());
      map.accept(lines.line(), layout);
    }
    map.finish(layout);
    return layout.build();
  }

  private static Parsed<NmtReport> read(String artifact, String content, ParseLimits limits, boolean change)
      throws NotThisFormat {
    requireTracking(artifact, content);
    ProblemList problems = new ProblemList(artifact, limits);
    NmtCategories categories = new NmtCategories(change, problems, limits.items());
    LineReader lines = new LineReader(content, limits);
    while (lines.advance() && !lines.line().startsWith("Virtual memory map:")) {
      if (lines.ended()) {
        categories.accept(lines.line(), lines.where());
      } else {
        problems.add(lines.where(), "the text ends within a line");
      }
    }
    return new Parsed<>(categories.report(), problems.toList());
  }

  private static void requireTracking(String artifact, String content) throws NotThisFormat {
    if (!content.contains("Total: reserved=")) {
      throw new NotThisFormat(artifact + " has no 'Total: reserved=': native memory tracking may be off");
    }
  }

  /** Gathers the categories: a head line with the name, then lines in parentheses that say what it consists of. */
  static final class NmtCategories {
    private static final String SIZE = "(\\d+[KMG]?B?)( [+-]\\d+[KMG]?B?)?";
    private static final Pattern TOTAL = Pattern.compile("Total: reserved=" + SIZE + ", committed=" + SIZE + ".*");
    private static final Pattern HEAD = Pattern
        .compile("- +(\\S[^(]*)\\(reserved=" + SIZE + ", committed=" + SIZE + "[,)].*");
    private static final Pattern MALLOC = Pattern.compile(" +\\((malloc|arena|tracking overhead)=" + SIZE + "[ )].*");
    private static final Pattern COUNT = Pattern.compile(" +\\((?:classes|threads?) #(\\d+)( [+-]\\d+)?\\).*");

    private final boolean change;
    private final ProblemList problems;
    private final int most;
    private final List<NmtReport.Category> categories = new ArrayList<>();
    private long reserved;
    private long committed;

    NmtCategories(boolean change, ProblemList problems, int most) {
      this.change = change;
      this.problems = problems;
      this.most = most;
    }

    void accept(String line, String where) {
      Matcher total = TOTAL.matcher(line);
      Matcher head = HEAD.matcher(line);
      if (total.matches()) {
        reserved = bytes(total, 1);
        committed = bytes(total, 3);
      } else if (head.matches() && categories.size() < most) {
        categories.add(new NmtReport.Category(head.group(1).strip(), bytes(head, 2), bytes(head, 4), OptionalLong.empty(),
            OptionalLong.empty()));
      } else if (line.startsWith("- ")) {
        problems.add(where, "a category that is not understood: '" + line + "'");
      } else if (line.startsWith(" ") && !categories.isEmpty()) {
        detail(line);
      }
    }

    private void detail(String line) {
      Matcher malloc = MALLOC.matcher(line);
      Matcher count = COUNT.matcher(line);
      NmtReport.Category last = categories.getLast();
      if (malloc.matches()) {
        // The memory of arenas and of tracking itself comes from malloc as well.
        OptionalLong sum = OptionalLong.of(last.mallocBytes().orElse(0) + bytes(malloc, 2));
        replaceLast(new NmtReport.Category(last.name(), last.reservedBytes(), last.committedBytes(), sum, last.count()));
      } else if (count.matches()) {
        OptionalLong number = OptionalLong.of(bytes(count, 1));
        replaceLast(new NmtReport.Category(last.name(), last.reservedBytes(), last.committedBytes(), last.mallocBytes(),
            number));
      }
    }

    private void replaceLast(NmtReport.Category category) {
      categories.set(categories.size() - 1, category);
    }

    /** The number in that group, or the change that follows it. */
    private long bytes(Matcher matcher, int group) {
      String text = change ? matcher.group(group + 1) : matcher.group(group);
      return text == null ? 0 : Sizes.bytes(text).orElse(0);
    }

    NmtReport report() {
      return new NmtReport(reserved, committed, categories);
    }
  }

  /**
   * The reservations in the virtual memory map of {@code detail}; what is committed within them is indented and left
   * out. The call stack under a reservation tells a code segment from its map.
   */
  static final class NmtMapLines implements Lines {
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
}
