package io.tare.model.profile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The objects of a process by type, dead ones that no collection has swept away yet included; or, where {@code live} says so, only those that
 * are reached.
 *
 * @param runtime whose objects: {@code hotspot}, {@code cpython}
 * @param oneIn of how many parts of the heap one was counted; 1 for all of them
 * @param types the heaviest first
 * @param unparsedBytes that could not be told apart into objects; among no type
 * @param live where only what is reached was counted
 */
public record TypeCensus(String runtime, Truth truth, int oneIn, List<TypeCount> types, long unparsedBytes, Cost cost,
    Optional<Live> live) {
  public TypeCensus {
    types = List.copyOf(types);
    if (oneIn < 1) {
      throw new IllegalArgumentException("one part in " + oneIn);
    }
  }

  public TypeCensus(String runtime, Truth truth, int oneIn, List<TypeCount> types, long unparsedBytes, Cost cost) {
    this(runtime, truth, oneIn, types, unparsedBytes, cost, Optional.empty());
  }

  /** The same, of what is reached only. */
  public TypeCensus live(Live reached) {
    return new TypeCensus(runtime, truth, oneIn, types, unparsedBytes, cost, Optional.of(reached));
  }

  /**
   * What was reached from the roots: so much lives at least.
   *
   * @param oldBytes of it in the old generation, where only a collection of that moves it
   * @param oldUsedBytes what the old generation holds, alive or not
   * @param unreadStacks of threads that ran on whenever they were looked at
   * @param unreadable objects that were reached and made no sense when they were read
   */
  public record Live(long oldBytes, long oldUsedBytes, int unreadStacks, long unreadable) {}

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
