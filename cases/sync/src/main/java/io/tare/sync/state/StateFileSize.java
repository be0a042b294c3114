package io.tare.sync.state;

/**
 * How much the state file takes, and of what.
 *
 * @param fileBytes the length of the file
 * @param allocatedBytes the part of it that has ever held a page
 * @param treeBytes pages of the tree of files as it is now; the rest is free pages and book-keeping
 */
public record StateFileSize(long fileBytes, long allocatedBytes, long treeBytes, long entries) {
  public long freeBytes() {
    return Math.max(0, allocatedBytes - treeBytes);
  }

  public double bytesPerEntry() {
    return entries == 0 ? 0 : (double) allocatedBytes / entries;
  }
}
