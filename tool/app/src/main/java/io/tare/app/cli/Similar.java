package io.tare.app.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody who mistyped a word may have meant. */
public final class Similar {
  private static final int MOST_EDITS = 2;

  private Similar() {}

  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream().filter(k -> edits(word, k) <= MOST_EDITS || (word.length() > 3 && k.startsWith(word)))
        .min(Comparator.comparingInt((String k) -> edits(word, k)).thenComparing(k -> k));
  }

  /** Levenshtein's distance. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
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
