package io.tare.formats.jvm;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JVM's own history of its heap: what the last collection left, and when. The heap's summary follows these lines
 * of JDK 17 and 25:
 *
 * <pre>
 * Event: 0.050 GC heap after
 * &#123;Heap after GC invocations=1 (full 0):
 * Event: 0.046 &#123;heap After GC invocations=3 (full 1):
 * </pre>
 */
final class GcHistory {
  private static final Pattern EVENT = Pattern.compile("Event: (\\d{1,12})\\.(\\d{1,9}) .*");
  private static final Pattern AFTER = Pattern.compile(".*heap after gc invocations=(\\d{1,18}) .*");

  private OptionalLong eventMillis = OptionalLong.empty();
  private OptionalLong lastMillis = OptionalLong.empty();
  private OptionalLong lastCount = OptionalLong.empty();
  private HeapSummary last = new HeapSummary();
  private boolean inside;

  void accept(String line) {
    Matcher event = EVENT.matcher(line);
    if (event.matches()) {
      eventMillis = OptionalLong.of(HeadLines.millis(event.group(1), event.group(2)));
      inside = false;
    }
    if (line.indexOf("invocations=") >= 0) {
      start(line.toLowerCase(Locale.ROOT));
    } else if (line.equals("}")) {
      inside = false;
    } else if (inside) {
      last.accept(line);
    }
  }

  private void start(String line) {
    Matcher after = AFTER.matcher(line);
    inside = after.matches();
    if (inside) {
      last = new HeapSummary();
      lastMillis = eventMillis;
      lastCount = OptionalLong.of(Long.parseLong(after.group(1)));
    }
  }

  void finish(LayoutBuilder layout, OptionalLong elapsedMillis) {
    layout.fact(FactKeys.HEAP_USED_AFTER_LAST_GC, last.used());
    layout.fact(FactKeys.GC_COUNT, lastCount);
    if (elapsedMillis.isPresent() && lastMillis.isPresent()) {
      long age = elapsedMillis.getAsLong() - lastMillis.getAsLong();
      layout.fact(FactKeys.GC_LAST_AGE_MILLIS, age >= 0 ? OptionalLong.of(age) : OptionalLong.empty());
    }
  }
}
