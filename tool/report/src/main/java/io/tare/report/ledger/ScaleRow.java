package io.tare.report.ledger;

import io.tare.model.report.Scales;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** One scale: its name, what it says, and who reads it. */
record ScaleRow(String name, long bytes, Sort sort, String meaning) {
  /** How the number is to be read. */
  enum Sort {
    /** A weight, drawn as a bar. */
    WEIGHT,
    /** A part of the weight before. */
    PART,
    /** Where the container ends. */
    LIMIT,
    /** What is left up to the limit. */
    ROOM
  }

  /** The scales that are known, in the order in which they are read. */
  static List<ScaleRow> of(Scales scales) {
    List<ScaleRow> rows = new ArrayList<>();
    rows.add(new ScaleRow("RSS", scales.rssBytes(), Sort.WEIGHT, "resident pages; ps and top show it"));
    add(rows, "anonymous", scales.rssAnonBytes(), Sort.PART, "heap, malloc, stacks");
    add(rows, "file", scales.rssFileBytes(), Sort.PART, "pages of mapped files");
    add(rows, "shared memory", scales.rssShmemBytes(), Sort.PART, "shared memory and memfds");
    add(rows, "PSS", scales.pssBytes(), Sort.WEIGHT, "shared pages divided among users");
    add(rows, "USS", scales.ussBytes(), Sort.WEIGHT, "this process alone; freed at its end");
    add(rows, "swap", scales.swapBytes(), Sort.WEIGHT, "moved out of memory, not in RSS");
    scales.group().ifPresent(group -> addGroup(rows, group));
    return rows;
  }

  /** The row of that name, in any case; the last word is enough ({@code usage} for {@code cgroup usage}). */
  static Optional<ScaleRow> named(List<ScaleRow> rows, String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    return rows.stream().filter(row -> (" " + row.name().toLowerCase(Locale.ROOT)).endsWith(" " + wanted)).findFirst();
  }

  /** Which group charges the process, and which one sets the limit where that is another. */
  static String groupWords(Scales.Group group) {
    boolean isElsewhere = !group.limitPath().isBlank() && !group.limitPath().equals(group.path());
    return group.path() + " (cgroup v" + group.version() + ")"
        + (isElsewhere ? ", limited by " + group.limitPath() : "");
  }

  /** The end of an axis on which all rows can be drawn; a limit far beyond the weights is left outside. */
  static long axisBytes(List<ScaleRow> rows) {
    long weights = rows.stream().filter(row -> row.sort() != Sort.LIMIT && row.sort() != Sort.ROOM)
        .mapToLong(ScaleRow::bytes).max().orElse(1);
    long limit = rows.stream().filter(row -> row.sort() == Sort.LIMIT).mapToLong(ScaleRow::bytes).max().orElse(0);
    return Math.max(1, limit / 4 <= weights ? Math.max(weights, limit) : weights);
  }

  private static void addGroup(List<ScaleRow> rows, Scales.Group group) {
    add(rows, "cgroup usage", group.usageBytes(), Sort.WEIGHT, "what the limit is compared with");
    add(rows, "page cache", group.pageCacheBytes(), Sort.PART, "file pages read or written");
    add(rows, "kernel", group.kernelBytes(), Sort.PART, "the kernel's own, for the group");
    add(rows, "reclaimable", group.reclaimableBytes(), Sort.PART, "the kernel can take it back");
    add(rows, "working set", group.workingSetBytes(), Sort.WEIGHT, "docker stats, kubectl top show it");
    add(rows, "peak", group.peakBytes(), Sort.WEIGHT, "the highest usage so far");
    add(rows, "limit", group.limitBytes(), Sort.LIMIT, "the kernel reclaims here, then kills");
    add(rows, "headroom", group.headroomBytes(), Sort.ROOM, "limit less what can't be reclaimed");
  }

  private static void add(List<ScaleRow> rows, String name, OptionalLong bytes, Sort sort, String meaning) {
    bytes.ifPresent(value -> rows.add(new ScaleRow(name, value, sort, meaning)));
  }

  /** All steps from one scale to another. */
  record StepGroup(String from, String to, List<Line> lines) {
    StepGroup {
      lines = List.copyOf(lines);
    }

    /** One difference: whether it is taken away, what, and how much (never negative). */
    record Line(boolean isMinus, String what, long bytes) {}

    /** Steps with the same two ends belong together; order is kept. */
    static List<StepGroup> of(List<Scales.Step> steps) {
      List<StepGroup> groups = new ArrayList<>();
      for (Scales.Step step : steps) {
        boolean isNew = groups.isEmpty() || !groups.getLast().joins(step);
        List<Line> lines = new ArrayList<>(isNew ? List.of() : groups.removeLast().lines());
        lines.add(line(step));
        groups.add(new StepGroup(step.from(), step.to(), lines));
      }
      return groups;
    }

    private boolean joins(Scales.Step step) {
      return from.equals(step.from()) && to.equals(step.to());
    }

    // The sign stands in front of the words, or on the number: either says that it is taken away.
    private static Line line(Scales.Step step) {
      String what = step.what().strip();
      boolean hasMinus = what.startsWith("-") || what.startsWith("\u2212");
      boolean hasSign = hasMinus || what.startsWith("+");
      return new Line(hasMinus || step.bytes() < 0, hasSign ? what.substring(1).strip() : what, Math.abs(step.bytes()));
    }
  }
}
