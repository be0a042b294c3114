package io.tare.probe.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The JFR event {@code tare.Mark}; a number that is not known is {@link Long#MIN_VALUE}, which JFR's tools show as N/A. */
@Name("tare.Mark")
@Label("Mark")
@Description("A labelled moment of the run")
@Category("Tare")
@StackTrace(false)
final class MarkEvent extends Event {
  @Label("Label")
  @Nullable
  String label;

  @Label("Items")
  long items;

  @Label("Heap Used")
  @DataAmount
  long heapUsed;

  @Label("Heap Committed")
  @DataAmount
  long heapCommitted;

  @Label("Total Allocated")
  @DataAmount
  long totalAllocated;
}
