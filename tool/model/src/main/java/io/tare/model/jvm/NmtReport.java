package io.tare.model.jvm;

import java.util.List;
import java.util.OptionalLong;

/** Native memory tracking's summary: what the JVM itself counts, by category. */
public record NmtReport(long reservedBytes, long committedBytes, List<Category> categories) {
  public NmtReport {
    categories = List.copyOf(categories);
  }

  /**
   * One category.
   *
   * @param mallocBytes what of it is malloc'ed, when the report says so
   * @param count what the category counts itself: threads, classes; empty where it counts nothing
   */
  public record Category(String name, long reservedBytes, long committedBytes, OptionalLong mallocBytes,
      OptionalLong count) {}
}
