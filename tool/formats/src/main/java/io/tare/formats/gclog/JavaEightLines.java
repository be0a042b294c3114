package io.tare.formats.gclog;

import io.tare.formats.text.Moments;
import io.tare.formats.text.Sizes;
import io.tare.model.jvm.GcEvent;
import io.tare.model.jvm.GcEvent.Heap;
import io.tare.model.jvm.GcEvent.Sort;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The collection log of Java 8 and before ({@code -Xloggc:FILE -XX:+PrintGCDetails}). JDK 8u504 prints
 *
 * <pre>
 * 2026-11-21T23:11:58.376+0000: 1.408: [GC (Allocation Failure) 2026-11-21T23:11:58.377+0000: 1.408: [DefNew: 6654K->444K(7424K), 0.0009476 secs] 6654K->444K(23808K), 0.0010024 secs]
 * 2026-11-21T23:11:58.393+0000: 1.494: [GC pause (G1 Evacuation Pause) (young) 7168K->514K(24576K), 0.0040866 secs]
 *    [Eden: 7168.0K(7168.0K)->0.0B(12.0M) Survivors: 0.0B->1024.0K Heap: 7168.0K(24.0M)->514.5K(24.0M)]
 * </pre>
 */
final class JavaEightLines {
  private static final String SIZE = "(\\d{1,12}(?:\\.\\d)?[BKMG])";
  private static final Pattern EVENT = Pattern
      .compile("(?:(\\d{4}-\\d\\d-\\d\\dT[^ ]{1,24}): )?(?:(\\d{1,9}[.,]\\d{3}): )?\\[((?:Full )?GC\\b.*)");
  private static final Pattern INNER = Pattern.compile("\\[[^\\[\\]]*\\]");
  private static final Pattern HEAP = Pattern.compile(SIZE + "->" + SIZE + "\\(" + SIZE + "\\)");
  private static final Pattern HEAP_BELOW = Pattern
      .compile("\\s+\\[Eden: .*Heap: " + SIZE + "\\([^)]*\\)->" + SIZE + "\\(" + SIZE + "\\).*");
  private static final Pattern SECONDS = Pattern.compile(", (\\d{1,9}\\.\\d{1,9}) secs\\]");
  private static final Pattern CAUSE = Pattern.compile("\\(((?:[^()]|\\(\\)){1,60})\\)");
  private static final Pattern HEADER = Pattern
      .compile("[A-Za-z0-9 -]{1,40} VM \\([^)]*\\) for .* JRE \\(([^)]{1,60})\\).*");
  private static final Pattern USED = Pattern.compile("-XX:\\+Use(G1|Serial|Parallel|ConcMarkSweep)GC\\b");
  private static final Pattern DETAIL = Pattern
      .compile("\\s+\\[.*|(?:[^ ]{1,30}: ){0,2}\\[CMS-.*|(?:[^ ]{1,30}: ){0,2}\\[GC concurrent-.*");
  /** Brackets stand in brackets no deeper than this. */
  private static final int DEEPEST = 6;

  private Optional<GcEvent> withoutHeap = Optional.empty();
  private boolean seen;
  private String collector = "";
  private String version = "";

  /** What a line, or this one and a line before it, tell of a collection; known lines that tell nothing are of no event. */
  record Line(boolean known, Optional<GcEvent> event) {
    static final Line UNKNOWN = new Line(false, Optional.empty());
    static final Line KNOWN = new Line(true, Optional.empty());
  }

  Line read(String line, long number) {
    Matcher below = HEAP_BELOW.matcher(line);
    if (seen && below.matches()) {
      Optional<GcEvent> event = withoutHeap.flatMap(one -> heap(below).map(heap -> with(one, heap)));
      withoutHeap = Optional.empty();
      return new Line(true, event);
    }
    Matcher parts = EVENT.matcher(line);
    if (parts.matches() && parts.group(3).contains(" secs]")) {
      seen = true;
      return event(parts, number);
    }
    return isHeader(line) || (seen && DETAIL.matcher(line).matches()) ? Line.KNOWN : Line.UNKNOWN;
  }

  private Line event(Matcher parts, long number) {
    String text = parts.group(3);
    for (int depth = 0; depth < DEEPEST && INNER.matcher(text).find(); depth++) {
      text = INNER.matcher(text).replaceAll("");
    }
    Sort sort = sort(text);
    Matcher sizes = HEAP.matcher(text);
    Optional<Heap> heap = sort != Sort.PAUSE && sizes.find() ? heap(sizes) : Optional.empty();
    Matcher seconds = SECONDS.matcher(text);
    OptionalDouble pause = seconds.find()
        ? OptionalDouble.of(Double.parseDouble(seconds.group(1) + "e3"))
        : OptionalDouble.empty();
    Matcher cause = CAUSE.matcher(text);
    Optional<Instant> at = Optional.ofNullable(parts.group(1)).flatMap(Moments::first);
    OptionalDouble uptime = parts.group(2) == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(parts.group(2).replace(',', '.')));
    GcEvent event = new GcEvent(at, uptime, number, sort, what(text), cause.find() ? cause.group(1) : "", heap, pause);
    boolean isBelow = heap.isEmpty() && (sort == Sort.PARTIAL || sort == Sort.WHOLE);
    withoutHeap = isBelow ? Optional.of(event) : Optional.empty();
    return isBelow ? Line.KNOWN : new Line(true, Optional.of(event));
  }

  private static Sort sort(String text) {
    if (text.startsWith("Full GC")) {
      return Sort.WHOLE;
    }
    if (text.startsWith("GC remark") || text.contains("(CMS Final Remark)")) {
      return Sort.MARKED;
    }
    return text.startsWith("GC cleanup") || text.contains("(CMS Initial Mark)") ? Sort.PAUSE : Sort.PARTIAL;
  }

  private static String what(String text) {
    String what = text.startsWith("Full GC") ? "Full GC" : text.startsWith("GC pause") ? "GC pause" : "GC";
    return text.contains("(mixed)") ? what + " (mixed)" : text.contains("(young)") ? what + " (young)" : what;
  }

  private static Optional<Heap> heap(Matcher sizes) {
    OptionalLong before = Sizes.bytes(sizes.group(1));
    OptionalLong after = Sizes.bytes(sizes.group(2));
    return before.isPresent() && after.isPresent()
        ? Optional.of(new Heap(before.getAsLong(), after.getAsLong(), Sizes.bytes(sizes.group(3))))
        : Optional.empty();
  }

  private static GcEvent with(GcEvent event, Heap heap) {
    return new GcEvent(event.at(), event.uptimeSeconds(), event.number(), event.sort(), event.what(), event.cause(),
        Optional.of(heap), event.pauseMillis());
  }

  private boolean isHeader(String line) {
    if (line.startsWith("CommandLine flags: ")) {
      Matcher used = USED.matcher(line);
      String name = used.find() ? used.group(1) : "";
      collector = name.equals("ConcMarkSweep") ? "Concurrent Mark Sweep" : name;
      return true;
    }
    Matcher header = HEADER.matcher(line);
    if (header.matches()) {
      version = header.group(1);
      return true;
    }
    return line.startsWith("Memory: ") && line.contains(" page, physical ");
  }

  String collector() {
    return collector;
  }

  String version() {
    return version;
  }
}
