package io.tare.model.report;

import io.tare.model.ledger.ByteRange;
import java.util.List;

/**
 * What the program itself put there and still uses: at least what is known to be in use, at most that and what is not known.
 *
 * @param basis what the figure rests on, in words: exact live heap, or an upper bound and how old
 */
public record Net(ByteRange bytes, String basis, List<Figure> parts) {
  public Net {
    if (bytes.leastBytes() < 0) {
      throw new IllegalArgumentException("net is negative: " + bytes);
    }
    parts = List.copyOf(parts);
  }
}
