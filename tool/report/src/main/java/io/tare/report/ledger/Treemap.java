package io.tare.report.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * A squarified treemap: rectangles whose areas are as the weights, and that are as near to squares as they can be.
 *
 * <p>After Bruls, Huizing and van Wijk, "Squarified Treemaps" (2000). Weights come biggest first.
 */
final class Treemap {
  private final List<Tile> tiles = new ArrayList<>();
  private final List<Double> areas;
  private Tile free;

  /** A rectangle, in the units of the whole area's width and height. */
  record Tile(double x, double y, double width, double height) {
    double shortSide() {
      return Math.min(width, height);
    }
  }

  private Treemap(List<Double> areas, double width, double height) {
    this.areas = areas;
    free = new Tile(0, 0, width, height);
  }

  /** A tile for each weight, in their order. */
  static List<Tile> layout(List<Long> weights, double width, double height) {
    double sum = weights.stream().mapToDouble(Long::doubleValue).sum();
    if (sum <= 0) {
      return weights.stream().map(weight -> new Tile(0, 0, 0, 0)).toList();
    }
    List<Double> areas = weights.stream().map(weight -> weight / sum * width * height).toList();
    return new Treemap(areas, width, height).fill();
  }

  private List<Tile> fill() {
    int from = 0;
    while (from < areas.size()) {
      int to = from + 1;
      while (to < areas.size() && worst(from, to + 1) <= worst(from, to)) {
        to++;
      }
      place(from, to);
      from = to;
    }
    return tiles;
  }

  // The worst ratio of sides when the areas [from, to) share one row along the free area's short side.
  private double worst(int from, int to) {
    double sum = sum(from, to);
    double side = free.shortSide();
    double largest = areas.get(from);
    double smallest = areas.get(to - 1);
    return Math.max(side * side * largest / (sum * sum), sum * sum / (side * side * smallest));
  }

  private double sum(int from, int to) {
    return areas.subList(from, to).stream().mapToDouble(Double::doubleValue).sum();
  }

  private void place(int from, int to) {
    double sum = sum(from, to);
    boolean isColumn = free.width() >= free.height();
    double thickness = free.shortSide() > 0 ? sum / free.shortSide() : 0;
    double at = 0;
    for (double area : areas.subList(from, to)) {
      double length = thickness > 0 ? area / thickness : 0;
      tiles.add(isColumn
          ? new Tile(free.x(), free.y() + at, thickness, length)
          : new Tile(free.x() + at, free.y(), length, thickness));
      at += length;
    }
    free = isColumn
        ? new Tile(free.x() + thickness, free.y(), Math.max(0, free.width() - thickness), free.height())
        : new Tile(free.x(), free.y() + thickness, free.width(), Math.max(0, free.height() - thickness));
  }
}
