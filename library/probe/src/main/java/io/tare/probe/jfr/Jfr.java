package io.tare.probe.jfr;

import io.tare.probe.MemoryStats;
import io.tare.probe.marks.MarksLayout;
import io.tare.probe.metric.Metric;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** The door to JFR: asks whether the module is there before any class that needs it is loaded. */
public final class Jfr {
  public static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Jfr() {}

  /** Loaded only when JFR is at work. */
  private static final class Enabled {
    static final MarkEvent QUESTION = new MarkEvent();
  }

  /** Writes the event {@code tare.Mark} when a recording wants it. Only to be called when {@link #AVAILABLE}. */
  public static void mark(String label, long items, @Nullable MemoryStats stats) {
    // Loading an event class starts half of JFR: not before someone else did.
    if (FlightRecorder.isInitialized() && Enabled.QUESTION.isEnabled()) {
      MarkEvent event = new MarkEvent();
      event.label = label;
      event.items = items;
      event.heapUsed = stats == null ? MarksLayout.UNKNOWN : stats.heapUsedBytes();
      event.heapCommitted = stats == null ? MarksLayout.UNKNOWN : stats.heapCommittedBytes();
      event.totalAllocated = stats == null
          ? MarksLayout.UNKNOWN
          : stats.get(Metric.TOTAL_ALLOCATED).orElse(MarksLayout.UNKNOWN);
      event.commit();
    }
  }
}
