package io.tare.cases.faults.self;

/** One mapping of this process, as its smaps prints it; all sizes in bytes. */
public record OwnMapping(long start, long end, String permissions, String path, Resident resident) {
  /**
   * What of a mapping is resident.
   *
   * @param pss each page divided by how often it is mapped, here and elsewhere
   * @param dirty pages that were changed, shared or private
   * @param huge the part that is made of huge pages
   */
  public record Resident(long rss, long pss, long dirty, long huge) {}

  public long size() {
    return end - start;
  }

  public boolean contains(long address) {
    return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
  }
}
