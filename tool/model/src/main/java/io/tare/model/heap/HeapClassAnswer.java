package io.tare.model.heap;

import io.tare.model.heap.HeapHistogram.HistogramLine;
import java.util.List;
import java.util.OptionalLong;

/**
 * Everything about the objects of one class, or of several whose names fit a pattern.
 *
 * @param asked the name or pattern
 * @param classes the classes that fit, biggest first; with how much each retains
 * @param classObjects the objects of the classes themselves, which have the static fields; biggest first
 * @param retainedBytes what would be free without all of them; empty for several classes
 * @param biggest the objects that retain most
 * @param paths the ways from the roots to all of them, merged
 */
public record HeapClassAnswer(
    String asked,
    List<HistogramLine> classes,
    List<ObjectLine> classObjects,
    ObjectTotals reached,
    ObjectTotals unreachable,
    OptionalLong retainedBytes,
    List<ObjectLine> biggest,
    List<PathNode> paths,
    long pathsLeftOut) {
  public HeapClassAnswer {
    classes = List.copyOf(classes);
    classObjects = List.copyOf(classObjects);
    biggest = List.copyOf(biggest);
    paths = List.copyOf(paths);
  }
}
