package io.tare.model.report;

import java.util.List;

/**
 * What the program itself put there and still uses.
 *
 * @param basis what the figure rests on, in words: exact live heap, or an upper bound and how old
 * @param exact false when it is an upper bound
 */
public record Net(long bytes, boolean exact, String basis, List<Figure> parts) {
  public Net {
    parts = List.copyOf(parts);
  }
}
