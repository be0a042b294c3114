package io.tare.kit.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives every different run of bytes a number, and keeps each run once, packed: the symbol table for keys that repeat.
 *
 * <pre>{@code
 * ByteInterner paths = ByteInterner.upTo(64 << 20);
 * int path = paths.intern(line, from, to);      // the same bytes always give the same number
 * int[] pathOfRow = ...;                        // 4 bytes a row instead of a reference and a String
 * String text = paths.string(path);             // made when a person wants to read it
 * }</pre>
 *
 * <p>A run costs its bytes, two more, and five to eleven for the table; there is no object for it. Nothing is ever
 * forgotten: the interner is bounded by refusing what is new once it is full. Numbers are not consecutive. Finding takes no
 * lock and allocates nothing; adding locks one of eight parts. Safe from any thread; a number handed to another thread
 * needs a safe publication there, as any value does.
 */
public final class ByteInterner {
  /** The answer when the bytes are not known, or new and there is no room. */
  public static final int ABSENT = -1;
  /** The longest run that is kept. */
  public static final int LONGEST_BYTES = InternShard.CHUNK_BYTES - 2;

  private static final int SHARD_BITS = 3;
  private static final int POSITION_BITS = 31 - SHARD_BITS;
  private final InternShard[] shards = new InternShard[1 << SHARD_BITS];
  private final long seed = ThreadLocalRandom.current().nextLong();

  private ByteInterner(long maxBytes) {
    for (int i = 0; i < shards.length; i++) {
      shards[i] = new InternShard(Math.min(maxBytes >>> SHARD_BITS, 2L << POSITION_BITS), seed);
    }
  }

  /** An interner whose kept runs take at most so many bytes, the table not counted. At least one megabyte makes sense: space is taken 64 KB at a time. */
  public static ByteInterner upTo(long maxBytes) {
    return new ByteInterner(maxBytes);
  }

  /** The number of these bytes; {@link #ABSENT} when they are new and there is no room. */
  public int intern(byte[] bytes, int from, int to) {
    int known = find(bytes, from, to);
    if (known != ABSENT) {
      return known;
    }
    if (to - from > LONGEST_BYTES) {
      throw new IllegalArgumentException("a run of " + (to - from) + " bytes is longer than " + LONGEST_BYTES);
    }
    long hash = InternShard.hash(bytes, from, to, seed);
    int shard = shardOf(hash);
    return number(shard, shards[shard].add((int) hash, bytes, from, to));
  }

  /** The number of these bytes; {@link #ABSENT} when they were never interned. */
  public int find(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    long hash = InternShard.hash(bytes, from, to, seed);
    int shard = shardOf(hash);
    return number(shard, shards[shard].find((int) hash, bytes, from, to));
  }

  /** A copy of the bytes behind a number. */
  public byte[] bytes(int number) {
    InternShard shard = shardOfNumber(number);
    int position = positionOf(number);
    int start = shard.start(position);
    return Arrays.copyOfRange(shard.chunk(position), start, start + shard.length(position));
  }

  /** The text behind a number, as UTF-8. */
  public String string(int number) {
    InternShard shard = shardOfNumber(number);
    int position = positionOf(number);
    return new String(shard.chunk(position), shard.start(position), shard.length(position), StandardCharsets.UTF_8);
  }

  /**
   * The text behind a number without a copy.
   *
   * @throws IllegalArgumentException when it is not well-formed UTF-8
   */
  public Utf8Slice slice(int number) {
    InternShard shard = shardOfNumber(number);
    int position = positionOf(number);
    int start = shard.start(position);
    return Utf8Slice.of(shard.chunk(position), start, start + shard.length(position));
  }

  /** How many different runs are kept. */
  public int size() {
    int sum = 0;
    for (InternShard shard : shards) {
      sum += shard.size();
    }
    return sum;
  }

  /** The bytes of memory taken, chunks and tables. */
  public long heldBytes() {
    long sum = 0;
    for (InternShard shard : shards) {
      sum += shard.heldBytes();
    }
    return sum;
  }

  private static int shardOf(long hash) {
    return (int) (hash >>> (64 - SHARD_BITS));
  }

  private static int number(int shard, int position) {
    return position < 0 ? ABSENT : (shard << POSITION_BITS) | position;
  }

  private InternShard shardOfNumber(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("no such number: " + number);
    }
    return shards[number >>> POSITION_BITS];
  }

  private static int positionOf(int number) {
    return number & ((1 << POSITION_BITS) - 1);
  }
}
