package io.tare.heap.redact;

import java.util.List;

/**
 * What was done to a copy.
 *
 * @param arrayBytes contents of arrays of numbers and characters, strings among them
 * @param fieldBytes numbers in fields, static ones too
 * @param textBytes texts that are no names of classes, fields, methods or source files
 * @param problems what could not be read; it is not in the copy
 */
public record Redaction(long arrayBytes, long fieldBytes, long textBytes, long copiedBytes, List<String> problems) {
  public Redaction {
    problems = List.copyOf(problems);
  }
}
