package io.tare.yaml.tape;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.memory.Raw;

/** When two keys are the same, collections among them. Aliases make more values of these than there are on the tape, so how many are looked at is limited. */
final class SameKeys {
  private static final int DEEPEST_KEY = 16;
  private final Growing tape;
  private final Texts texts;
  private final long mostExpanded;
  private long looked;

  SameKeys(Growing tape, Texts texts, long mostExpanded) {
    this.tape = tape;
    this.texts = texts;
    this.mostExpanded = mostExpanded;
  }

  /** Equal for keys that are the same. */
  int hash(long word) {
    return hash(word, 0);
  }

  /** Whether two keys are the same value; mappings in another order are not, here. */
  boolean same(long one, long other) {
    return equal(one, other, 0);
  }

  private int hash(long word, int depth) {
    if (Texts.isSimple(word)) {
      return texts.hash(word);
    }
    if (Word.tag(word) == Word.OTHER) {
      return Long.hashCode(word * 0x9E37_79B9_7F4A_7C15L);
    }
    int hash = Word.tag(word);
    if (depth <= DEEPEST_KEY) {
      long at = tape.start() + Word.place(word);
      long words = words(word, at);
      for (long i = 1; i <= words; i++) {
        hash = hash * 31 + hash(Raw.eight(at + 8 * i), depth + 1);
      }
    }
    return hash;
  }

  /** The words behind the first one of a collection that is a key or in one. How many of them are looked at is limited. */
  private long words(long word, long at) {
    long header = Raw.eight(at);
    long words = Word.tag(word) == Word.SEQUENCE ? header : header < 0 ? -2 * header : Raw.eight(tape.start() + header);
    looked += words + 1;
    if (looked > mostExpanded + tape.used()) {
      throw new YamlException("expected collections as keys that expand to at most " + mostExpanded + " values");
    }
    return words;
  }

  private boolean equal(long one, long other, int depth) {
    if (Texts.isSimple(one) || Texts.isSimple(other)) {
      return texts.same(one, other);
    }
    if (one == other) {
      return true;
    }
    if (Word.tag(one) != Word.tag(other) || Word.tag(one) == Word.OTHER || depth > DEEPEST_KEY) {
      return false;
    }
    long a = tape.start() + Word.place(one);
    long b = tape.start() + Word.place(other);
    if (Raw.eight(a) != Raw.eight(b)) {
      return false;
    }
    long words = words(one, a);
    for (long i = 1; i <= words; i++) {
      if (!equal(Raw.eight(a + 8 * i), Raw.eight(b + 8 * i), depth + 1)) {
        return false;
      }
    }
    return true;
  }
}
