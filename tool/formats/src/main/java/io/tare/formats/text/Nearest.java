package io.tare.formats.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which known word was probably meant. */
public final class Nearest {
  private Nearest() {}

  /** The word that is reached with the fewest letters changed; empty only where there are none. */
  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream().min(Comparator.comparingInt((String one) -> edits(word, one)).thenComparing(one -> one));
  }

  /** Levenshtein's distance. */
  public static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, column -> column);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
