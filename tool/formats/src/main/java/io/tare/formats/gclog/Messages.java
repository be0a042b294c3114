package io.tare.formats.gclog;

import io.tare.formats.text.Sizes;
import io.tare.model.jvm.GcEvent;
import io.tare.model.jvm.GcEvent.Heap;
import io.tare.model.jvm.GcEvent.Sort;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The messages of collections that say what they did to the heap, or how long the program stood still. */
final class Messages {
  private static final String SIZE = "(\\d{1,12}(?:\\.\\d{1,3})?[BKMGT])";
  private static final Pattern NUMBERED = Pattern.compile("GC\\((\\d{1,12})\\)\\s+(.*)");
  private static final Pattern HEAP = Pattern
      .compile("(.*?) " + SIZE + "(?:\\(\\d{1,6}%\\))?->" + SIZE + "(?:\\((?:" + SIZE + "|\\d{1,6}%)\\))?(.*)");
  private static final Pattern TIME = Pattern.compile("(.*?)\\s*(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s)");
  private static final Pattern CAUSE = Pattern.compile("(.*) \\(([^()]{1,60}(?:\\(\\)[^()]{0,40})?)\\)");
  private static final Pattern WHOLE = Pattern.compile(
      "Pause Full.*|Garbage Collection.*|Major Collection.*|Concurrent cleanup(?! \\((Young|Old)\\)).*|Pause Degenerated GC.*");
  private static final Pattern PARTIAL = Pattern
      .compile("Pause Young.*|Minor Collection.*|Pause Mixed.*|Concurrent cleanup.*");

  private Messages() {}

  static Optional<GcEvent> read(Decorations line) {
    Matcher numbered = NUMBERED.matcher(line.message());
    if (!numbered.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(numbered.group(1));
    String message = numbered.group(2);
    Matcher heap = HEAP.matcher(message);
    return heap.matches() ? withHeap(line, number, heap) : pause(line, number, message);
  }

  private static Optional<GcEvent> withHeap(Decorations line, long number, Matcher parts) {
    Optional<Sort> sort = sort(parts.group(1));
    OptionalLong before = Sizes.bytes(parts.group(2));
    OptionalLong after = Sizes.bytes(parts.group(3));
    if (sort.isEmpty()) {
      return pause(line, number, parts.group(1) + parts.group(5));
    }
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong committed = parts.group(4) == null ? OptionalLong.empty() : Sizes.bytes(parts.group(4));
    Heap heap = new Heap(before.getAsLong(), after.getAsLong(), committed);
    return Optional.of(event(line, number, sort.get(), parts.group(1), Optional.of(heap), parts.group(5).strip()));
  }

  /** Not every size in a log is the heap's: phases and regions have some, too. */
  private static Optional<Sort> sort(String what) {
    if (what.startsWith("Pause Remark")) {
      return Optional.of(Sort.MARKED);
    }
    if (WHOLE.matcher(what).matches()) {
      return Optional.of(Sort.WHOLE);
    }
    return PARTIAL.matcher(what).matches() ? Optional.of(Sort.PARTIAL) : Optional.empty();
  }

  /** ZGC and Shenandoah stop the program for moments that change nothing in the heap. */
  private static Optional<GcEvent> pause(Decorations line, long number, String message) {
    String what = message.startsWith("Y: ") || message.startsWith("y: ") || message.startsWith("O: ")
        ? message.substring(3)
        : message;
    Matcher time = TIME.matcher(what);
    return what.startsWith("Pause ") && time.matches()
        ? Optional.of(event(line, number, Sort.PAUSE, time.group(1), Optional.empty(), time.group(2) + time.group(3)))
        : Optional.empty();
  }

  private static GcEvent event(Decorations line, long number, Sort sort, String what, Optional<Heap> heap,
      String time) {
    Matcher cause = CAUSE.matcher(what);
    boolean hasCause = cause.matches();
    String name = hasCause ? cause.group(1) : what;
    OptionalDouble pause = what.startsWith("Pause ") ? millis(time) : OptionalDouble.empty();
    return new GcEvent(line.at(), line.uptimeSeconds(), number, sort, name, hasCause ? cause.group(2) : "", heap,
        pause);
  }

  private static OptionalDouble millis(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(time.group(2));
    return OptionalDouble.of(time.group(3).equals("s") ? number * 1000 : number);
  }
}
