package io.tare.model.trial;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a figure grows with the size of the input.
 *
 * @param name of the figure: an account, a measure
 * @param fixed what it is with no input at all
 * @param each what is added by an item (or by an item times its logarithm, or times itself, as the shape says)
 * @param error how far the measured sizes lie from the curve, as a part of the value
 * @param exponent of the growth between the two largest sizes, what is fixed taken away: 1 is linear
 * @param linearUpTo the last size up to which a straight line holds, where the growth is worse than linear beyond
 */
public record Growth(String name, Measure.Unit unit, Shape shape, double fixed, double each, double error,
    OptionalDouble exponent, OptionalDouble linearUpTo, List<Observed> observed, List<Projection> projections,
    Optional<Capacity> capacity) {
  public Growth {
    observed = List.copyOf(observed);
    projections = List.copyOf(projections);
  }

  /** From the mildest to the worst. */
  public enum Shape {
    CONSTANT("constant"),
    LINEAR("linear"),
    LINEARITHMIC("n log n"),
    QUADRATIC("n²"),
    /** None of these holds what was measured. */
    UNKNOWN("not known");

    private final String words;

    Shape(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    /** What {@code each} is multiplied by at that size. */
    public double of(double items) {
      return switch (this) {
        case CONSTANT -> 0;
        case LINEAR -> items;
        case LINEARITHMIC -> items * Math.log(Math.max(2, items)) / Math.log(2);
        case QUADRATIC -> items * items;
        case UNKNOWN -> Double.NaN;
      };
    }
  }

  /** The median of the runs with that size. */
  public record Observed(double items, double value, int runs) {}

  /** What is expected at a size that was not measured. */
  public record Projection(double items, double value, double least, double most) {}

  /** How many items fit below a limit. */
  public record Capacity(double limit, double items, double least, double most) {}
}
