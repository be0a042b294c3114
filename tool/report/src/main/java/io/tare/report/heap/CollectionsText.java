package io.tare.report.heap;

import io.tare.model.heap.HeapCollections;
import io.tare.model.heap.HeapCollections.CollectionLine;
import io.tare.model.heap.HeapCollections.CollectionParts;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What collections cost, for a terminal: one line a class, and the parts of one. */
final class CollectionsText {
  private static final int CLASSES_SHOWN = 30;
  private static final int ROOM_FOR_ALL = 100;
  private static final int ALWAYS_SHOWN = 6;

  private final Page page;
  private final HeapCollections collections;

  private CollectionsText(HeapCollections collections, TextOptions options) {
    this.page = new Page(options);
    this.collections = collections;
  }

  static String render(HeapCollections collections, TextOptions options) {
    return new CollectionsText(collections, options).print();
  }

  private String print() {
    List<CollectionLine> all = collections.lines();
    List<CollectionLine> shown = page.shown(all, CLASSES_SHOWN);
    long count = all.stream().mapToLong(CollectionLine::collections).sum();
    page.line().add(Count.of(count, "collection"), Style.BOLD).add(" of " + Count.grouped(all.size()))
        .add(all.size() == 1 ? " class" : " classes").add(", in a heap of " + page.bytes(collections.shallowBytes()));
    page.heading("What they hold", "retained = wrapper + table + keys + values + shared");
    split(shown);
    left(all);
    page.heading("How full they are", isNarrow() ? "" : "elsewhere: keys and values that others hold, too");
    filling(shown);
    left(all);
    notes(all);
    if (!collections.problems().isEmpty()) {
      page.heading("Problems", "");
      collections.problems()
          .forEach(problem -> page.prose(2, problem.where() + ": " + problem.message(), Style.YELLOW));
    }
    return page.print();
  }

  private void left(List<CollectionLine> all) {
    if (!page.showsAll() && all.size() > CLASSES_SHOWN) {
      page.line().to(2).add((all.size() - CLASSES_SHOWN) + " more; --all lists them", Style.FAINT);
    }
  }

  private void split(List<CollectionLine> lines) {
    table(List.of("retained", "wrapper", "table", "keys", "values", "shared"), lines, line -> {
      CollectionParts parts = line.parts();
      return LongStream.of(line.retainedBytes(), parts.wrapperBytes(), parts.tableBytes(), parts.keyBytes(),
          parts.valueBytes(), parts.sharedBytes()).mapToObj(bytes -> bytes == 0 ? "-" : page.bytes(bytes)).toList();
    });
  }

  /** A narrow page has no room for all columns: the name counts more. */
  private void filling(List<CollectionLine> lines) {
    int columns = isNarrow() ? ALWAYS_SHOWN : Integer.MAX_VALUE;
    List<String> heads = List.of("count", "empty", "of one", "elements", "fill", "collide", "elsewhere");
    table(heads.stream().limit(columns).toList(), lines,
        line -> Stream.of(Count.grouped(line.collections()), number(line.empty()), number(line.ofOne()),
            number(line.elements()), fill(line), collisions(line),
            number(line.elsewhere().keys() + line.elsewhere().values())).limit(columns).toList());
  }

  private boolean isNarrow() {
    return page.width() < ROOM_FOR_ALL;
  }

  /** Columns as wide as their widest cell, then the class. */
  private void table(List<String> heads, List<CollectionLine> lines, Function<CollectionLine, List<String>> cells) {
    List<List<String>> rows = lines.stream().map(cells).toList();
    int[] ends = new int[heads.size()];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      int column = i;
      end += 2 + rows.stream().mapToInt(row -> row.get(column).length()).reduce(heads.get(i).length(), Math::max);
      ends[i] = end;
    }
    row(ends, heads, Style.FAINT);
    for (int i = 0; i < rows.size(); i++) {
      row(ends, rows.get(i), Style.PLAIN).to(end + 2).fit(page.width(),
          name(lines.get(i).className(), page.width() - end - 2), Style.PLAIN);
    }
  }

  private Page.Line row(int[] ends, List<String> cells, Style style) {
    Page.Line line = page.line();
    for (int i = 0; i < ends.length; i++) {
      line.right(ends[i], cells.get(i), style);
    }
    return line;
  }

  /** Without its package where there is no room for it. */
  private static String name(String className, int room) {
    return className.length() <= room ? className : className.substring(className.lastIndexOf('.') + 1);
  }

  private static String number(long count) {
    return count == 0 ? "-" : Count.grouped(count);
  }

  private void notes(List<CollectionLine> all) {
    for (CollectionLine line : all) {
      if (line.nested() > 0) {
        page.prose(2, line.className() + ": " + Count.grouped(line.nested())
            + " lie inside another of the class; their bytes count once, as their own.", Style.FAINT);
      }
    }
    for (CollectionLine line : all) {
      if (line.unread() > 0) {
        page.prose(2, line.className() + ": " + unread(line), Style.YELLOW);
      }
    }
  }

  private static String unread(CollectionLine line) {
    return Count.grouped(line.unread())
        + " could not be read to the end, or were being changed: they are left out of fill"
        + " and collisions.";
  }

  /** Of one collection, as part of the answer about an object. */
  static void one(Page page, CollectionLine line) {
    CollectionParts parts = line.parts();
    page.heading("As a collection", "what it holds alone, by part");
    page.line().add("  " + Count.of(line.elements(), "element"))
        .add(line.places().there() > 0
            ? ", " + Count.grouped(line.places().used()) + " of " + Count.of(line.places().there(), "place") + " used ("
                + fill(line) + ")"
            : "")
        .add(line.places().collided().isPresent() && line.places().there() > 0
            ? ", " + Count.grouped(line.places().collided().getAsLong()) + " collide (" + collisions(line) + ")"
            : "");
    part(page, "wrapper", parts.wrapperBytes(), "its own object, the map inside a set, views, locks");
    part(page, "table", parts.tableBytes(), "arrays and entries");
    part(page, "keys", parts.keyBytes(), elsewhere(line.elsewhere().keys()));
    part(page, "values", parts.valueBytes(), elsewhere(line.elsewhere().values()));
    part(page, "shared", parts.sharedBytes(), "what several entries share, and fields of sub-classes");
    if (line.unread() > 0) {
      page.prose(2, "It could not be read to the end, or was being changed.", Style.YELLOW);
    }
  }

  private static String elsewhere(long count) {
    return count == 0 ? "" : "others hold " + Count.grouped(count) + ", too: not counted";
  }

  private static void part(Page page, String name, long bytes, String hint) {
    page.line().right(12, page.bytes(bytes), Style.PLAIN).add("  " + name).to(23).fit(page.width(), hint, Style.FAINT);
  }

  static String fill(CollectionLine line) {
    return line.places().there() == 0 ? "-" : Count.percent(line.places().used(), line.places().there());
  }

  static String collisions(CollectionLine line) {
    long collided = line.places().collided().orElse(0);
    long all = collided + line.places().used();
    return line.places().collided().isEmpty() || all == 0 ? "-" : Count.percent(collided, all);
  }
}
