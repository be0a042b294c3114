package io.tare.formats.jvm;

import io.tare.formats.ProblemList;
import io.tare.formats.text.Sizes;
import io.tare.model.jvm.NmtReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers the categories: a head line with the name, then lines in parentheses that say what it consists of. */
final class NmtCategories {
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
