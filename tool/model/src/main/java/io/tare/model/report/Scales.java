package io.tare.model.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The scales side by side: what each counter that people look at says of the same process. Empty is unknown, not zero.
 *
 * @param steps how one scale becomes the next, each difference by itself
 * @param killer the scale that ends this process first, in a sentence
 */
public record Scales(
    long rssBytes,
    OptionalLong pssBytes,
    OptionalLong ussBytes,
    OptionalLong swapBytes,
    OptionalLong rssAnonBytes,
    OptionalLong rssFileBytes,
    OptionalLong rssShmemBytes,
    Optional<Group> group,
    List<Step> steps,
    String killer) {
  public Scales {
    steps = List.copyOf(steps);
  }

  /**
   * The container's own scales.
   *
   * @param workingSetBytes usage less inactive file pages, what container tools print
   * @param limitPath which group of the hierarchy sets the tightest limit
   * @param reclaimableBytes what the kernel can take back under pressure
   * @param headroomBytes limit − (usage − reclaimable)
   */
  public record Group(
      int version,
      String path,
      OptionalLong usageBytes,
      OptionalLong workingSetBytes,
      OptionalLong kernelBytes,
      OptionalLong pageCacheBytes,
      OptionalLong limitBytes,
      String limitPath,
      OptionalLong reclaimableBytes,
      OptionalLong headroomBytes,
      OptionalLong peakBytes,
      OptionalLong oomKills,
      List<String> others) {
    public Group {
      others = List.copyOf(others);
    }
  }

  /** One difference between two scales: {@code − file pages charged elsewhere}, 41 MB. */
  public record Step(String from, String to, String what, long bytes) {}
}
