package io.tare.model.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An action, the bytes that it should return, and what it costs.
 *
 * @param id stable, such as {@code heap.collect}; empty where the action returns nothing by itself and only leads further
 * @param action what to do, in words
 * @param how the exact flag or command, ready to be used as it stands; empty when there is none
 * @param expectedBytes what should come back; empty when that can't be said beforehand
 * @param price what it costs: CPU, latency, a restart, nothing
 * @param sameBytes which bytes it returns; remedies of the same ones are alternatives and don't add up
 * @param orders what a running JVM is told so that it takes effect at once; none where that takes a restart or a change of the program
 * @param tried how far what was said came true where it was applied; empty where it never was
 */
public record Remedy(String id, String action, String how, OptionalLong expectedBytes, String price, String sameBytes,
    List<String> orders, Optional<Tried> tried) {
  public Remedy {
    orders = List.copyOf(orders);
  }

  public Remedy(String action, String how, OptionalLong expectedBytes, String price, String sameBytes) {
    this("", action, how, expectedBytes, price, sameBytes, List.of(), Optional.empty());
  }

  public Remedy(String action, String how, OptionalLong expectedBytes, String price) {
    this(action, how, expectedBytes, price, "");
  }

  /** One that leads further, or whose return nobody knows beforehand. */
  public static Remedy open(String action, String how, String price) {
    return new Remedy(action, how, OptionalLong.empty(), price);
  }

  /** One that should return so many bytes. */
  public static Remedy returning(String id, long bytes, String action, String how, String price) {
    return saying(id, OptionalLong.of(bytes), action, how, price);
  }

  /** One that should return so many bytes, where that is known. */
  public static Remedy saying(String id, OptionalLong bytes, String action, String how, String price) {
    return new Remedy(id, action, how, bytes, price, "", List.of(), Optional.empty());
  }

  /** The same remedy, of these bytes. */
  public Remedy of(String bytes) {
    return new Remedy(id, action, how, expectedBytes, price, bytes, orders, tried);
  }

  /** The same remedy, which a running JVM follows when it is told so. */
  public Remedy byOrder(String... told) {
    return new Remedy(id, action, how, expectedBytes, price, sameBytes, List.of(told), tried);
  }

  /** The same remedy, returning at most so much. */
  public Remedy atMost(long bytes) {
    return expectedBytes.isEmpty() || expectedBytes.getAsLong() <= bytes
        ? this
        : new Remedy(id, action, how, OptionalLong.of(bytes), price, sameBytes, orders, tried);
  }

  public Remedy with(Tried experience) {
    return new Remedy(id, action, how, expectedBytes, price, sameBytes, orders, Optional.of(experience));
  }

  /**
   * Applied cases: what came back, held against what had been said.
   *
   * @param within of the cases, those between four fifths and five fourths of what was said
   * @param least the smallest share of what was said that came back
   * @param most the largest
   */
  public record Tried(int cases, int within, double least, double most) {
    private static final int ENOUGH = 5;
    private static final double NEARLY_ALL = 0.9;
    private static final double MOST_OF_THEM = 0.7;

    /** How far to believe a figure that such cases stand behind. */
    public Verdict.Strength confidence() {
      double share = cases == 0 ? 0 : (double) within / cases;
      return cases >= ENOUGH && share >= NEARLY_ALL
          ? Verdict.Strength.HIGH
          : share >= MOST_OF_THEM ? Verdict.Strength.MEDIUM : Verdict.Strength.LOW;
    }
  }
}
