package io.tare.capture.memory;

import io.tare.capture.kernel.WorkTime;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The memory of a process as far as it can be read without changing it: a page that is not present stays so.
 *
 * <p>Everything is empty rather than wrong: an absent page, an unmapped address, a spent budget. Not safe for several threads.
 */
public interface ProcessMemory {
  int pageBytes();

  /** The bytes; empty unless all of their pages can be read. */
  Optional<byte[]> read(long address, int length);

  /** As {@link #read}, into an array that is there already; where that answers nothing, false, and the array holds anything. */
  default boolean readInto(long address, byte[] into, int at, int length) {
    Optional<byte[]> bytes = read(address, length);
    bytes.ifPresent(content -> System.arraycopy(content, 0, into, at, length));
    return bytes.isPresent();
  }

  /** As {@link #readInto}, as words in this machine's byte order. */
  default boolean readWords(long address, long[] into, int at, int words) {
    Optional<byte[]> bytes = read(address, Math.multiplyExact(words, Long.BYTES));
    bytes.ifPresent(content -> inOrder(content).asLongBuffer().get(into, at, words));
    return bytes.isPresent();
  }

  /** As {@link #readWords}, where no more is wanted of these pages: they are not kept, nor are their neighbours fetched. */
  default boolean readOnce(long address, long[] into) {
    return readWords(address, into, 0, into.length);
  }

  /** Reads what is present of a range of whole pages, each to its place in the array, and returns where that was. */
  default List<AddressRange> readPresent(AddressRange range, long[] into) {
    return presentRuns(range).stream().filter(run -> readWords(run.start(), into,
        (int) (run.start() - range.start()) / Long.BYTES, (int) run.bytes() / Long.BYTES)).toList();
  }

  /** Whether the page of this address is in memory (a swapped page is not). */
  boolean isPresent(long address);

  /** The present pages of a range as runs, ascending; the first and last run are cut to the range. */
  List<AddressRange> presentRuns(AddressRange range);

  /** Whether the page was never brought in, or was dropped unchanged: it still has the content that its mapping began with. */
  default boolean isUntouched(long address) {
    return false;
  }

  /** From here on everything is read anew: what was read a moment ago may have changed. */
  default void forget() {}

  /** Whether nobody writes to it any more: what was read stays true. */
  default boolean isStill() {
    return false;
  }

  /** How many bytes were taken from the process so far. */
  long bytesRead();

  /** Whether the budget is spent: from then on every answer is empty, and what was found is only a part. */
  boolean budgetExceeded();

  /** What of a spent budget ran out, as in "given up after ...". */
  default String ranOut() {
    return "all that may be read";
  }

  default OptionalLong u64(long address) {
    Optional<byte[]> bytes = read(address, Long.BYTES);
    return bytes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(inOrder(bytes.get()).getLong());
  }

  default OptionalLong u32(long address) {
    Optional<byte[]> bytes = read(address, Integer.BYTES);
    return bytes.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Integer.toUnsignedLong(inOrder(bytes.get()).getInt()));
  }

  default OptionalLong u16(long address) {
    Optional<byte[]> bytes = read(address, Short.BYTES);
    return bytes.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Short.toUnsignedInt(inOrder(bytes.get()).getShort()));
  }

  default OptionalLong u8(long address) {
    Optional<byte[]> bytes = read(address, 1);
    return bytes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Byte.toUnsignedInt(bytes.get()[0]));
  }

  /** A zero-terminated string; cut at {@code most} bytes, empty when a page before its end cannot be read. */
  default Optional<String> cString(long address, int most) {
    StringBuilder text = new StringBuilder();
    long at = address;
    while (text.length() < most) {
      int untilPageEnd = (int) (pageBytes() - (at & (pageBytes() - 1)));
      int length = Math.min(untilPageEnd, most - text.length());
      Optional<byte[]> bytes = read(at, length);
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      int zero = indexOfZero(bytes.get());
      text.append(new String(bytes.get(), 0, zero, StandardCharsets.ISO_8859_1));
      if (zero < length) {
        break;
      }
      at += length;
    }
    return Optional.of(text.toString());
  }

  /** Bytes of the process as a buffer in its byte order, which is this machine's. */
  static ByteBuffer inOrder(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }

  private static int indexOfZero(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return bytes.length;
  }

  /** How much may be taken from a process's memory before the reader stops asking. */
  public record ReadBudget(long bytes, WorkTime.Limits time) {
    public static final ReadBudget DEFAULT = new ReadBudget(512L << 20,
        new WorkTime.Limits(Duration.ofSeconds(5), Duration.ofSeconds(10)));

    /** As long as that by the clock, however little of it is spent on a processor. */
    public ReadBudget(long bytes, Duration clock) {
      this(bytes, new WorkTime.Limits(clock, clock));
    }

    public String bytesInWords() {
      return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MB" : bytes + " bytes";
    }
  }
}
