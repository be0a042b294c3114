package io.tare.model.heap;

import java.util.List;

/**
 * A place where much of the heap hangs.
 *
 * @param summary one sentence
 * @param holder where things pile up, in words: {@code static field io.x.Cache.ENTRIES → table}
 * @param path from a root to the object where things pile up, a shortest one
 * @param piledUpClass what is piled up most, by bytes
 * @param otherWays empty if the holder alone keeps them
 */
public record Suspect(
    String summary,
    String holder,
    long retainedBytes,
    double share,
    List<PathStep> path,
    String piledUpClass,
    long piledUpObjects,
    long piledUpBytes,
    List<OtherWay> otherWays) {
  public Suspect {
    path = List.copyOf(path);
    otherWays = List.copyOf(otherWays);
  }

  /**
   * Another holder of the same objects, which keeps them without the first.
   *
   * @param path from a root to the object that several hold
   */
  public record OtherWay(String holder, List<PathStep> path) {
    public OtherWay {
      path = List.copyOf(path);
    }
  }
}
