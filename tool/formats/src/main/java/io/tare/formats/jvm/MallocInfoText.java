package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.text.LineReader;
import io.tare.formats.text.Numbers;
import io.tare.model.alloc.MallocInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The XML of glibc's {@code malloc_info}, which JDK 25 gives as {@code System.native_heap_info}. It is read by the
 * line, as glibc prints one element a line, so that no XML can do harm. glibc 2.36 prints
 *
 * <pre>
 * &lt;total type="rest" count="2" size="45025"/&gt;
 * &lt;system type="current" size="528384"/&gt;
 * </pre>
 */
public final class MallocInfoText {
  private static final Pattern HEAP = Pattern.compile("<heap nr=\"(\\d{1,9})\">");
  private static final Pattern TOTAL = Pattern
      .compile("<total type=\"(\\w+)\" count=\"(\\d{1,18})\" size=\"(\\d{1,18})\"/>");
  private static final Pattern SYSTEM = Pattern.compile("<system type=\"current\" size=\"(\\d{1,18})\"/>");

  private final List<MallocInfo.Arena> arenas = new ArrayList<>();
  private int arena = -1;
  private long free;
  private long system;
  private long mmappedBytes;
  private long mmappedChunks;

  private MallocInfoText() {}

  public static Parsed<MallocInfo> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    if (!content.contains("<malloc version=\"1\">")) {
      throw new NotThisFormat(artifact + " has no element 'malloc' of version 1");
    }
    ProblemList problems = new ProblemList(artifact, limits);
    MallocInfoText reading = new MallocInfoText();
    LineReader lines = new LineReader(content, limits);
    while (lines.advance()) {
      if (lines.line().equals("</malloc>")) {
        return new Parsed<>(reading.result(), problems.toList());
      }
      reading.line(lines.line(), limits.items());
    }
    problems.add(lines.where(), "the end is missing: what is here counts the arenas before it only");
    reading.sumUp();
    return new Parsed<>(reading.result(), problems.toList());
  }

  private void line(String line, int most) {
    Matcher heap = HEAP.matcher(line);
    Matcher total = TOTAL.matcher(line);
    Matcher taken = SYSTEM.matcher(line);
    if (heap.matches() || line.equals("</heap>")) {
      endArena(most);
      arena = heap.matches() ? Integer.parseInt(heap.group(1)) : -1;
    } else if (total.matches() && total.group(1).equals("mmap")) {
      mmappedChunks = number(total, 2);
      mmappedBytes = number(total, 3);
    } else if (total.matches()) {
      free += number(total, 3);
    } else if (taken.matches()) {
      system = number(taken, 1);
    }
  }

  private void endArena(int most) {
    if (arena >= 0 && arenas.size() < most) {
      arenas.add(new MallocInfo.Arena(arena, system, free));
    }
    free = 0;
    system = 0;
  }

  private void sumUp() {
    system = arenas.stream().mapToLong(MallocInfo.Arena::systemBytes).sum();
    free = arenas.stream().mapToLong(MallocInfo.Arena::freeBytes).sum();
  }

  private MallocInfo result() {
    return new MallocInfo(arenas, system, free, mmappedBytes, mmappedChunks);
  }

  private static long number(Matcher matcher, int group) {
    OptionalLong number = Numbers.decimal(matcher.group(group));
    return number.orElse(0);
  }
}
