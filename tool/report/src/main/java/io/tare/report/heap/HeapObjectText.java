package io.tare.report.heap;

import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.HeapField;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.Referrer;
import io.tare.report.look.Columns;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;

/** One object for a terminal: its values, who refers to it, how it is reached, what it holds. */
final class HeapObjectText {
  private static final int WIDEST_NAME = 32;

  private final Page page;
  private final HeapObject object;

  private HeapObjectText(HeapObject object, TextOptions options) {
    this.page = new Page(options);
    this.object = object;
  }

  static String render(HeapObject object, TextOptions options) {
    return new HeapObjectText(object, options).print();
  }

  private String print() {
    heading();
    object.collection().ifPresent(line -> CollectionsText.one(page, line));
    fields();
    referrers();
    if (object.reachable()) {
      page.heading("Path from a root", "a shortest one");
      HeapWords.path(page, object.path());
      dominators();
      holds();
    }
    return page.print();
  }

  private void heading() {
    page.prose("", HeapWords.object(object.object().className(), object.object().label(), object.object().address()),
        Style.BOLD);
    page.line().add("shallow   " + page.bytes(object.object().shallowBytes()));
    if (object.reachable()) {
      page.line().add("retained  " + page.bytes(object.object().retainedBytes()))
          .add("  what would be free without it", Style.FAINT);
    } else {
      page.prose("", "No root reaches it: it is garbage and goes with the next collection.", Style.YELLOW);
    }
  }

  private void fields() {
    page.heading(isArray() ? "Elements" : "Fields", "");
    if (object.fields().isEmpty()) {
      page.line().add("  none", Style.FAINT);
    }
    int width = object.fields().stream().mapToInt(field -> Columns.of(field.name())).max().orElse(0);
    int column = 2 + Math.min(width, WIDEST_NAME) + 2;
    for (HeapField field : object.fields()) {
      page.line().add("  ").fit(column - 1, field.name(), Style.BOLD).to(column).fit(page.width(), value(field),
          Style.PLAIN);
    }
    left(object.fieldsLeftOut(), "element");
  }

  private boolean isArray() {
    return object.object().className().endsWith("[]");
  }

  private static String value(HeapField field) {
    String type = field.value() instanceof HeapValue.Reference || field.type().equals("reference")
        ? ""
        : " (" + field.type() + ")";
    return HeapWords.value(field.value()) + type;
  }

  private void referrers() {
    page.heading("Referred to by", "");
    if (object.referrers().isEmpty()) {
      page.line().add("  nothing", Style.FAINT);
    }
    for (Referrer referrer : object.referrers()) {
      String who = referrer.address() == 0
          ? "root"
          : HeapWords.object(referrer.className(), referrer.label(), referrer.address());
      page.line().add("  ").fit(page.width(), who, Style.PLAIN);
      page.line().add("    as ").add(referrer.reference().isEmpty() ? "class" : referrer.reference(), Style.BOLD)
          .add(referrer.reachable() ? "" : "  (garbage)", Style.FAINT);
    }
    left(object.referrersLeftOut(), "referrer");
  }

  private void left(long count, String what) {
    if (count > 0) {
      page.line().add("  and " + Count.of(count, what) + " more", Style.FAINT);
    }
  }

  private void dominators() {
    page.heading("Held alone by", "the nearest first; without any of them it would be free");
    if (object.dominators().isEmpty()) {
      page.line().add("  only the roots together", Style.FAINT);
    } else {
      HeapWords.objects(page, object.dominators());
    }
  }

  private void holds() {
    page.heading("Holds alone", "what would be free with it, directly below it");
    if (object.holds().isEmpty()) {
      page.line().add("  nothing but itself", Style.FAINT);
    }
    for (DominatorNode node : object.holds()) {
      String what = node.address() == 0
          ? Count.grouped(node.objects()) + " \u00d7 " + node.className()
          : HeapWords.object(node.className(), node.label(), node.address());
      page.line().right(12, page.bytes(node.retainedBytes()), Style.PLAIN).to(14).fit(page.width(), what, Style.PLAIN);
    }
  }
}
