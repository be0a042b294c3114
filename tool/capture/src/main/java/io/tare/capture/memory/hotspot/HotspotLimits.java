package io.tare.capture.memory.hotspot;

/**
 * How far the walks follow structures that may be torn or hostile. Beyond a limit a walk stops, and says so.
 *
 * @param tableEntries most entries of one structure table
 * @param threads most Java threads
 * @param loaders most class loaders
 * @param classes most classes that are looked at, over all loaders
 * @param heapParts most regions or pages of the heap
 * @param textLength longest name that is kept whole
 */
public record HotspotLimits(
    int tableEntries,
    int threads,
    int loaders,
    int classes,
    int heapParts,
    int textLength) {
  public static final HotspotLimits DEFAULT = new HotspotLimits(20_000, 100_000, 200_000, 400_000, 200_000, 256);
}
