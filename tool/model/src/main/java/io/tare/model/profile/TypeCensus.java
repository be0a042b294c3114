package io.tare.model.profile;

import java.util.List;
import java.util.Locale;

/**
 * The objects of a process by type, dead ones that no collection has swept away yet included.
 *
 * @param runtime whose objects: {@code hotspot}, {@code cpython}
 * @param oneIn of how many parts of the heap one was counted; 1 for all of them
 * @param types the heaviest first
 * @param unparsedBytes that could not be told apart into objects; among no type
 */
public record TypeCensus(String runtime, Truth truth, int oneIn, List<TypeCount> types, long unparsedBytes, Cost cost) {
  public TypeCensus {
    types = List.copyOf(types);
    if (oneIn < 1) {
      throw new IllegalArgumentException("one part in " + oneIn);
    }
  }

  /** How far the counts belong to one moment. */
  public enum Truth {
    /** Everything as it was at one moment. */
    CONSISTENT,
    /** Counted while objects moved about: a few are counted twice, or not at all. */
    APPROXIMATE,
    /** Collections came too fast: parts are of before one and parts of after it. */
    TORN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The objects of one type.
   *
   * @param module where the type is from, where the runtime tells it apart from the name; else empty
   */
  public record TypeCount(String name, String module, long objects, long bytes) {}

  /**
   * What counting cost the counter; the counted process paid nothing.
   *
   * @param attempts how often it began anew
   */
  public record Cost(long wallMillis, long cpuMillis, long bytesRead, int attempts) {}

  public long objects() {
    return types.stream().mapToLong(TypeCount::objects).sum();
  }

  public long bytes() {
    return types.stream().mapToLong(TypeCount::bytes).sum();
  }
}
