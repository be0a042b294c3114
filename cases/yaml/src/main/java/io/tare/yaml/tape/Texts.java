package io.tare.yaml.tape;

import io.tare.yaml.memory.Raw;
import java.util.SplittableRandom;

/** Texts behind words while a tape is being built: where their bytes are, whether two are the same, their hash. */
final class Texts {
  private static final int FNV_PRIME = 0x0100_0193;
  /** Another one in each process, so that nobody can write keys that all fall into one slot. */
  private static final int FNV_START = 0x811C_9DC5 ^ (int) new SplittableRandom().nextLong();
  private final long source;
  private final Growing decoded;

  Texts(long source, Growing decoded) {
    this.source = source;
    this.decoded = decoded;
  }

  /** A text in one piece, as a word; 0 if it is too long for a slice. */
  long word(long start, long end) {
    long length = end - start;
    if (length <= Word.LONGEST_SHORT) {
      return Word.ofShort(Raw.eight(start), (int) length);
    }
    return length <= Word.LONGEST_SLICE ? Word.ofSlice(Word.SLICE, start - source, length) : 0;
  }

  /** The word for bytes that stand in no text, which are kept among the decoded ones if they don't fit into it; 0 if they are too long. */
  long word(byte[] bytes, int length) {
    if (length <= Word.LONGEST_SHORT) {
      long low = 0;
      for (int i = 0; i < length; i++) {
        low |= (bytes[i] & 0xFFL) << (8 * i);
      }
      return Word.ofShort(low, length);
    }
    if (length > Word.LONGEST_SLICE) {
      return 0;
    }
    decoded.ensure(length + 8L);
    long at = decoded.next;
    Raw.copy(bytes, 0, at, length);
    decoded.next += length;
    return Word.ofSlice(Word.DECODED, at - decoded.start(), length);
  }

  /** Whether a word is a value whose sameness can be told from its bytes: any but collections and what has a record. */
  static boolean isSimple(long word) {
    int tag = Word.tag(word);
    return tag != Word.SEQUENCE && tag != Word.MAPPING && (tag != Word.OTHER || Word.kind(word) <= Word.TRUE_KIND);
  }

  private static boolean isSlice(long word) {
    int tag = Word.tag(word);
    return tag == Word.SLICE || tag == Word.DECODED || tag == Word.NUMBER;
  }

  private long address(long word) {
    return (Word.tag(word) == Word.DECODED ? decoded.start() : source) + Word.sliceOffset(word);
  }

  boolean same(long one, long other) {
    if (one == other) {
      return true;
    }
    return isSlice(one) && isSlice(other) && Word.sliceLength(one) == Word.sliceLength(other)
        && (Word.tag(one) == Word.NUMBER) == (Word.tag(other) == Word.NUMBER)
        && Raw.same(address(one), address(other), Word.sliceLength(one));
  }

  /** Equal for equal keys, whichever way they are kept; {@code Lookup} computes the same from a string. */
  int hash(long word) {
    if (Word.tag(word) == Word.SHORT) {
      int hash = FNV_START;
      for (int i = 0; i < Word.shortLength(word); i++) {
        hash = step(hash, Word.shortByte(word, i));
      }
      return hash;
    }
    if (!isSlice(word)) {
      return Long.hashCode(word * 0x9E37_79B9_7F4A_7C15L);
    }
    long start = address(word);
    int hash = FNV_START;
    for (long i = 0; i < Word.sliceLength(word); i++) {
      hash = step(hash, Raw.at(start + i));
    }
    return hash;
  }

  static int startHash() {
    return FNV_START;
  }

  static int step(int hash, int octet) {
    return (hash ^ (octet & 0xFF)) * FNV_PRIME;
  }

  /** What an index slot is computed from. */
  static int spread(int hash) {
    return hash ^ hash >>> 15 ^ hash >>> 7;
  }
}
