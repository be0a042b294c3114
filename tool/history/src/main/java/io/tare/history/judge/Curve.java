package io.tare.history.judge;

import io.tare.model.history.PointList;
import io.tare.model.history.Series.Point;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Readings of one thing as numbers: seconds since a start, and values; oldest first. */
public final class Curve {
  private final Instant start;
  private final double[] seconds;
  private final double[] values;

  private Curve(Instant start, double[] seconds, double[] values) {
    this.start = start;
    this.seconds = seconds;
    this.values = values;
  }

  /** The points in the order of their time; the start is the first one's moment. */
  public static Curve of(List<Point> points) {
    return points instanceof PointList columns ? ofColumns(columns) : ofPoints(points);
  }

  /** The same without making a point of every reading. */
  private static Curve ofColumns(PointList points) {
    int count = points.size();
    long start = count == 0 ? 0 : points.epochMillis(0);
    double[] seconds = new double[count];
    double[] values = new double[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      double at = (points.epochMillis(i) - start) / 1e3;
      if (Double.isFinite(points.value(i)) && (size == 0 || at >= seconds[size - 1])) {
        seconds[size] = at;
        values[size++] = points.value(i);
      }
    }
    return curve(Instant.ofEpochMilli(start), seconds, values, size);
  }

  private static Curve ofPoints(List<Point> points) {
    Instant start = points.isEmpty() ? Instant.EPOCH : points.getFirst().at();
    double[] seconds = new double[points.size()];
    double[] values = new double[points.size()];
    int size = 0;
    for (Point point : points) {
      double at = seconds(point.at()) - seconds(start);
      // A clock that was set back tells nothing about the order any more.
      if (Double.isFinite(point.value()) && (size == 0 || at >= seconds[size - 1])) {
        seconds[size] = at;
        values[size++] = point.value();
      }
    }
    return curve(start, seconds, values, size);
  }

  private static Curve curve(Instant start, double[] seconds, double[] values, int size) {
    return size == seconds.length
        ? new Curve(start, seconds, values)
        : new Curve(start, Arrays.copyOf(seconds, size), Arrays.copyOf(values, size));
  }

  private static double seconds(Instant moment) {
    return moment.getEpochSecond() + moment.getNano() / 1e9;
  }

  /** The readings with these numbers, in this order. */
  Curve pick(int[] numbers) {
    double[] times = new double[numbers.length];
    double[] levels = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      times[i] = seconds[numbers[i]];
      levels[i] = values[numbers[i]];
    }
    return new Curve(start, times, levels);
  }

  public int size() {
    return seconds.length;
  }

  public boolean isEmpty() {
    return seconds.length == 0;
  }

  public double second(int number) {
    return seconds[number];
  }

  public double value(int number) {
    return values[number];
  }

  public double span() {
    return isEmpty() ? 0 : seconds[size() - 1] - seconds[0];
  }

  public Instant at(double second) {
    return start.plusNanos((long) (second * 1e9));
  }

  public double highest() {
    return Arrays.stream(values).max().orElse(0);
  }

  public double lowest() {
    return Arrays.stream(values).min().orElse(0);
  }

  public double median() {
    return Medians.median(values, 0, size());
  }

  /** What was read at that second or later. */
  public Curve after(double second) {
    int from = Arrays.binarySearch(seconds, second);
    from = from < 0 ? -from - 1 : from;
    while (from > 0 && seconds[from - 1] == second) {
      from--;
    }
    return part(from, size());
  }

  /** What was read before that second. */
  public Curve before(double second) {
    return part(0, size() - after(second).size());
  }

  private Curve part(int from, int to) {
    return new Curve(start, Arrays.copyOfRange(seconds, from, to), Arrays.copyOfRange(values, from, to));
  }

  /**
   * So many equal stretches of time, each with its median; a stretch without readings is left out. A curve that is short already
   * stays as it is.
   */
  public Curve thinned(int most) {
    return size() <= most || span() == 0 ? this : stretches(most);
  }

  /** The same, however few the readings are. */
  Curve stretches(int count) {
    double[] times = new double[count];
    double[] levels = new double[count];
    double width = span() / count;
    int kept = 0;
    int from = 0;
    for (int stretch = 0; stretch < count && from < size(); stretch++) {
      double end = stretch == count - 1 ? Double.MAX_VALUE : seconds[0] + (stretch + 1) * width;
      int to = from;
      while (to < size() && seconds[to] < end) {
        to++;
      }
      if (to > from) {
        times[kept] = (seconds[from] + seconds[to - 1]) / 2;
        levels[kept++] = Medians.median(values, from, to);
      }
      from = to;
    }
    return new Curve(start, Arrays.copyOf(times, kept), Arrays.copyOf(levels, kept));
  }

  /** Order statistics. */
  static final class Medians {
    private Medians() {}

    static double median(double[] values, int from, int to) {
      if (to == from) {
        return 0;
      }
      double[] some = Arrays.copyOfRange(values, from, to);
      int middle = some.length / 2;
      double upper = select(some, middle);
      if (some.length % 2 == 1) {
        return upper;
      }
      double lower = some[0];
      for (int i = 1; i < middle; i++) {
        lower = Math.max(lower, some[i]);
      }
      return (lower + upper) / 2;
    }

    /** The value that a sort would bring to that place (Hoare); what is not above it stands before it then. */
    private static double select(double[] values, int place) {
      int low = 0;
      int high = values.length - 1;
      while (low < high) {
        double pivot = values[(low + high) >>> 1];
        int left = low;
        int right = high;
        while (left <= right) {
          while (values[left] < pivot) {
            left++;
          }
          while (values[right] > pivot) {
            right--;
          }
          if (left <= right) {
            double swapped = values[left];
            values[left++] = values[right];
            values[right--] = swapped;
          }
        }
        if (place <= right) {
          high = right;
        } else if (place >= left) {
          low = left;
        } else {
          return values[place];
        }
      }
      return values[place];
    }

    static double medianOfSorted(double[] sorted) {
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
  }
}
