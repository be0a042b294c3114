package io.tare.model.alloc;

import io.tare.model.AddressRange;

/**
 * How much of an anonymous mapping holds nothing but zeros, by the pages that were read.
 *
 * @param presentPages that the mapping had; all of them, or an even sample of them, were read
 */
public record ZeroPages(AddressRange range, long pageBytes, long presentPages, long readPages, long zeroPages) {
  public ZeroPages {
    if (zeroPages < 0 || readPages < zeroPages || presentPages < readPages || pageBytes <= 0) {
      throw new IllegalArgumentException(
          zeroPages + " of " + readPages + " read of " + presentPages + " pages of " + pageBytes);
    }
  }

  public boolean isSample() {
    return readPages < presentPages;
  }

  /**
   * Resident bytes that hold only zeros. The kernel's shared zero page is present too, reads as zeros, and is not resident.
   *
   * @param residentBytes of the whole mapping
   */
  public long residentZeroBytes(long residentBytes) {
    if (readPages == 0) {
      return 0;
    }
    long zeros = Math.round((double) zeroPages / readPages * presentPages) * pageBytes;
    long notResident = Math.max(0, presentPages * pageBytes - residentBytes);
    return Math.clamp(zeros - notResident, 0, residentBytes);
  }

  /** How far off a sample may be, 19 times in 20; none where all was read. */
  public long errorBytes() {
    if (!isSample() || readPages == 0) {
      return 0;
    }
    double share = (double) zeroPages / readPages;
    return Math.round(2 * Math.sqrt(share * (1 - share) / readPages) * presentPages * pageBytes);
  }
}
