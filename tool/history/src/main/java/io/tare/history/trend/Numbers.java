package io.tare.history.trend;

import java.util.Arrays;

/** Order statistics. */
final class Numbers {
  private Numbers() {}

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
