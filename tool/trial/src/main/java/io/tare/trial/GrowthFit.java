package io.tare.trial;

import io.tare.model.trial.Growth;
import io.tare.model.trial.Growth.Capacity;
import io.tare.model.trial.Growth.Observed;
import io.tare.model.trial.Growth.Projection;
import io.tare.model.trial.Growth.Shape;
import io.tare.model.trial.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How a figure grows with the size of the input: the mildest curve that holds every measured size. The slope is the weighted median of
 * the slopes between all pairs of sizes (Theil and Sen), so one odd run moves nothing.
 */
public final class GrowthFit {
  /** Curves are told apart by three sizes at least; with fewer everything is a straight line. */
  public static final int FEWEST_SIZES = 3;

  /** How far a size may lie from the curve, where runs of one size differ less: structures that double leave steps. */
  private static final double TOLERATED = 0.05;
  /** A worse curve must be so much better to be believed. */
  private static final double CLEARLY_BETTER = 0.7;
  private static final List<Shape> GROWING = List.of(Shape.LINEAR, Shape.LINEARITHMIC, Shape.QUADRATIC);

  private final String name;
  private final Measure.Unit unit;
  private final List<Observed> observed;
  private final double noise;

  private GrowthFit(String name, Measure.Unit unit, List<Observation> observations) {
    this.name = name;
    this.unit = unit;
    observed = bySize(observations);
    noise = Math.max(TOLERATED, 3 * noise(observations));
  }

  /** One run with so many items. */
  public record Observation(double items, double value) {}

  /**
   * Fits a curve.
   *
   * @param projected sizes that are asked for
   * @param limit what the figure may be at most, where one is given
   */
  public static Growth fit(String name, Measure.Unit unit, List<Observation> observations, List<Double> projected,
      OptionalDouble limit) {
    return new GrowthFit(name, unit, observations).growth(projected, limit);
  }

  private Growth growth(List<Double> projected, OptionalDouble limit) {
    Line line = best(observed);
    List<Line> others = withoutOne(line.shape());
    List<Projection> projections = projected.stream().map(items -> projection(line, others, items)).toList();
    Optional<Capacity> capacity = limit.isPresent() ? capacity(line, others, limit.getAsDouble()) : Optional.empty();
    double error = error(line, observed);
    return new Growth(name, unit, error > noise ? Shape.UNKNOWN : line.shape(), line.fixed(), line.each(), error,
        exponent(line), linearUpTo(line), observed, projections, capacity);
  }

  private static List<Observed> bySize(List<Observation> observations) {
    Map<Double, List<Double>> sizes = new TreeMap<>();
    observations.forEach(one -> sizes.computeIfAbsent(one.items(), _ -> new ArrayList<>()).add(one.value()));
    List<Observed> all = new ArrayList<>();
    sizes.forEach((items, values) -> all.add(new Observed(items,
        Trials.median(values.stream().mapToDouble(Double::doubleValue).toArray()), values.size())));
    return all;
  }

  /** What runs of one size differ by, as a part of the value: the median over the sizes. */
  private double noise(List<Observation> observations) {
    double[] parts = observed.stream().filter(size -> size.runs() > 1).mapToDouble(size -> {
      double[] distances = observations.stream().filter(one -> one.items() == size.items())
          .mapToDouble(one -> Math.abs(one.value() - size.value())).toArray();
      return Arrays.stream(distances).sum() / distances.length / Math.max(least(), size.value());
    }).toArray();
    return parts.length == 0 ? 0 : Trials.median(parts);
  }

  /** Differences below this are no growth, and no error. */
  private double least() {
    return switch (unit) {
      case BYTES -> 1 << 20;
      case SECONDS -> 0.05;
      case PER_SECOND -> 1;
    };
  }

  private record Line(Shape shape, double fixed, double each) {
    double at(double items) {
      return fixed + each * shape.of(items);
    }
  }

  private Line best(List<Observed> sizes) {
    double[] values = sizes.stream().mapToDouble(Observed::value).toArray();
    Line constant = new Line(Shape.CONSTANT, Trials.median(values), 0);
    if (error(constant, sizes) <= noise / 2) {
      return constant;
    }
    if (sizes.size() < FEWEST_SIZES) {
      return line(Shape.LINEAR, sizes);
    }
    Line best = line(GROWING.getFirst(), sizes);
    for (Shape shape : GROWING.subList(1, GROWING.size())) {
      Line other = line(shape, sizes);
      if (error(other, sizes) < CLEARLY_BETTER * error(best, sizes) && error(best, sizes) > noise / 3) {
        best = other;
      }
    }
    return best;
  }

  /** A line over the shape's own scale: what is fixed is never below zero. */
  private static Line line(Shape shape, List<Observed> sizes) {
    List<Slope> slopes = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      for (int j = i + 1; j < sizes.size(); j++) {
        double apart = shape.of(sizes.get(j).items()) - shape.of(sizes.get(i).items());
        slopes.add(new Slope((sizes.get(j).value() - sizes.get(i).value()) / apart, apart));
      }
    }
    double each = median(slopes);
    double fixed = Trials
        .median(sizes.stream().mapToDouble(size -> size.value() - each * shape.of(size.items())).toArray());
    return new Line(shape, Math.max(0, fixed), each);
  }

  private record Slope(double value, double weight) {}

  /** Pairs that lie far apart tell more. */
  private static double median(List<Slope> slopes) {
    List<Slope> sorted = slopes.stream().sorted(Comparator.comparingDouble(Slope::value)).toList();
    double half = sorted.stream().mapToDouble(Slope::weight).sum() / 2;
    for (Slope slope : sorted) {
      half -= slope.weight();
      if (half <= 0) {
        return slope.value();
      }
    }
    return 0;
  }

  /** The largest distance of a size from the curve, as a part of its value. */
  private double error(Line line, List<Observed> sizes) {
    return sizes.stream().mapToDouble(size -> {
      double distance = Math.abs(size.value() - line.at(size.items()));
      return distance <= least() / 2 ? 0 : distance / Math.max(least(), size.value());
    }).max().orElse(0);
  }

  private List<Line> withoutOne(Shape shape) {
    if (observed.size() <= FEWEST_SIZES || shape == Shape.CONSTANT) {
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    for (int left = 0; left < observed.size(); left++) {
      List<Observed> rest = new ArrayList<>(observed);
      rest.remove(left);
      lines.add(line(shape, rest));
    }
    return lines;
  }

  /** Between the lowest and the highest that the curve says with one size left out, and what sizes lie off the curve by. */
  private Projection projection(Line line, List<Line> others, double items) {
    double value = line.at(items);
    double off = Math.max(error(line, observed), noise / 3);
    double least = others.stream().mapToDouble(other -> other.at(items)).min().orElse(value);
    double most = others.stream().mapToDouble(other -> other.at(items)).max().orElse(value);
    return new Projection(items, value, Math.min(value, least) * (1 - off), Math.max(value, most) * (1 + off));
  }

  private Optional<Capacity> capacity(Line line, List<Line> others, double limit) {
    if (line.each() <= 0) {
      return Optional.empty();
    }
    double items = items(line, limit);
    double off = Math.max(error(line, observed), noise / 3);
    double least = others.stream().mapToDouble(other -> items(other, limit)).min().orElse(items);
    double most = others.stream().mapToDouble(other -> items(other, limit)).max().orElse(items);
    return Optional.of(new Capacity(limit, items, Math.min(least, items(line, limit / (1 + off))),
        Math.max(most, items(line, limit / Math.max(0.5, 1 - off)))));
  }

  /** The size at which the curve meets the limit. */
  private static double items(Line line, double limit) {
    if (line.at(0) >= limit) {
      return 0;
    }
    double low = 0;
    double high = 1;
    while (line.at(high) < limit && high < 1e18) {
      high *= 2;
    }
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (line.at(middle) < limit) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How the part that is not fixed grows from the second largest size to the largest. */
  private OptionalDouble exponent(Line line) {
    if (line.shape() == Shape.CONSTANT || observed.size() < 2) {
      return OptionalDouble.empty();
    }
    Observed last = observed.getLast();
    Observed before = observed.get(observed.size() - 2);
    double grown = last.value() - line.fixed();
    double had = before.value() - line.fixed();
    return grown > 0 && had > 0
        ? OptionalDouble.of(Math.log(grown / had) / Math.log(last.items() / before.items()))
        : OptionalDouble.empty();
  }

  /** The last size that the straight line through the smaller ones still holds. */
  private OptionalDouble linearUpTo(Line line) {
    if (line.shape() == Shape.CONSTANT || (line.shape() == Shape.LINEAR && error(line, observed) <= noise)) {
      return OptionalDouble.empty();
    }
    for (int count = observed.size() - 1; count >= FEWEST_SIZES; count--) {
      List<Observed> smaller = observed.subList(0, count);
      if (error(line(Shape.LINEAR, smaller), smaller) <= noise) {
        return OptionalDouble.of(smaller.getLast().items());
      }
    }
    return OptionalDouble.empty();
  }
}
