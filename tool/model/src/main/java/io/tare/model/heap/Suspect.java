package io.tare.model.heap;

import java.util.List;

/**
 * A place where much of the heap hangs.
 *
 * @param summary one sentence
 * @param holder where things pile up, in words: {@code static field io.x.Cache.ENTRIES → table}
 * @param path from a root to the object where things pile up, a shortest one
 * @param piledUpClass what is piled up most, by bytes
 */
public record Suspect(
    String summary,
    String holder,
    long retainedBytes,
    double share,
    List<PathStep> path,
    String piledUpClass,
    long piledUpObjects,
    long piledUpBytes) {
  public Suspect {
    path = List.copyOf(path);
  }
}
