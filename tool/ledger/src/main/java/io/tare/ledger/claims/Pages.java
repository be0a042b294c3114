package io.tare.ledger.claims;

import io.tare.model.AddressRange;

/** Ranges widened to whole pages: an owner's last, half-filled page is the owner's. */
final class Pages {
  static final long BYTES = 4096;

  private Pages() {}

  static AddressRange whole(AddressRange range) {
    return new AddressRange(range.start() & -BYTES, up(range.end()));
  }

  static long up(long address) {
    return (address + BYTES - 1) & -BYTES;
  }
}
