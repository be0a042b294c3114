package io.tare.model.proc;

/**
 * A file that is mapped, as its file system knows it.
 *
 * @param lengthBytes how long it is
 * @param allocatedBytes what it takes there; less than its length where it has holes or is compressed
 */
public record FileExtent(String path, long lengthBytes, long allocatedBytes) {
  /** What of its length takes no room: holes, as a rule. */
  public long holeBytes() {
    return Math.max(0, lengthBytes - allocatedBytes);
  }
}
