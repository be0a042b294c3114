package io.tare.sync.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The first two pages of an LMDB file, of which the one with the higher transaction counts. As LMDB 0.9 on 64 bits writes them:
 * {@code pgno:8 pad:2 flags:2 bounds:4 | magic:4=BEEFC0DE version:4=1 address:8 mapsize:8 freeDb:48 mainDb:48 lastPage:8 txn:8}.
 */
record StateFileHeader(int pageBytes, long lastPage, long transaction, long freeRoot, long mainRoot) {
  private static final int MAGIC = 0xBEEFC0DE;
  private static final int VERSION = 1;
  private static final int MAGIC_AT = 16;
  private static final int VERSION_AT = 20;
  private static final int PAGE_BYTES_AT = 40;
  private static final int FREE_ROOT_AT = 80;
  private static final int MAIN_ROOT_AT = 128;
  private static final int LAST_PAGE_AT = 136;
  private static final int TRANSACTION_AT = 144;
  private static final int HEADER_BYTES = 152;
  private static final int SMALLEST_PAGE = 512;
  private static final int LARGEST_PAGE = 1 << 16;
  static final int BYTES_FOR_BOTH = LARGEST_PAGE + HEADER_BYTES;

  /** Empty when neither page is one. */
  static Optional<StateFileHeader> parse(ByteBuffer start) {
    ByteBuffer bytes = start.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    Optional<StateFileHeader> first = at(bytes, 0);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Optional<StateFileHeader> second = at(bytes, first.get().pageBytes());
    return second.isPresent() && second.get().transaction() > first.get().transaction() ? second : first;
  }

  /** A little more than needed where the last pages were freed before they were ever written. */
  long neededBytes() {
    return (lastPage + 1) * pageBytes;
  }

  private static Optional<StateFileHeader> at(ByteBuffer bytes, int offset) {
    if (offset + HEADER_BYTES > bytes.limit() || bytes.getInt(offset + MAGIC_AT) != MAGIC
        || bytes.getInt(offset + VERSION_AT) != VERSION) {
      return Optional.empty();
    }
    int pageBytes = bytes.getInt(offset + PAGE_BYTES_AT);
    long lastPage = bytes.getLong(offset + LAST_PAGE_AT);
    boolean plausible = pageBytes >= SMALLEST_PAGE && pageBytes <= LARGEST_PAGE && Integer.bitCount(pageBytes) == 1
        && lastPage >= 1 && lastPage < Long.MAX_VALUE / LARGEST_PAGE - 1;
    return plausible
        ? Optional.of(new StateFileHeader(pageBytes, lastPage, bytes.getLong(offset + TRANSACTION_AT),
            bytes.getLong(offset + FREE_ROOT_AT), bytes.getLong(offset + MAIN_ROOT_AT)))
        : Optional.empty();
  }
}
