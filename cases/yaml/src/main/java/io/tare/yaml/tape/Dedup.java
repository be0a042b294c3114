package io.tare.yaml.tape;

import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.memory.Raw;

/** Equal texts get the same slice, equal collections the same place on the tape. On demand it samples and stops where little repeats. */
final class Dedup {
  private static final int SAMPLE = 8192;
  private static final int FIRST_SLOTS = 1 << 12;
  private static final int MOST_SLOTS = 1 << 22;
  private final Growing tape;
  private final Texts texts;
  private final boolean samples;
  private boolean on;
  /** Words; 0 is no word that is kept here. */
  private long[] slots;
  private int count;
  private long asked;
  private long repeated;

  Dedup(Growing tape, Texts texts, YamlOptions.Dedup wanted) {
    this.tape = tape;
    this.texts = texts;
    this.on = wanted != YamlOptions.Dedup.OFF;
    this.samples = wanted == YamlOptions.Dedup.AUTO;
    this.slots = new long[on ? FIRST_SLOTS : 1];
  }

  /** Bytes of the table. */
  long tableBytes() {
    return 8L * slots.length;
  }

  /** The word of an equal text that came before, else this one. */
  long text(long word) {
    return on && Word.tag(word) == Word.SLICE ? known(word, texts.hash(word)) : word;
  }

  /** The collection whose bytes, from {@code at} on, were the last on the tape: given back if an equal one is there. */
  long kept(long word, long at) {
    if (!on || tape.next - at > 4096) {
      return word;
    }
    long known = known(word, hash(at, tape.next));
    if (known != word) {
      tape.next = at;
    }
    return known;
  }

  private long known(long word, int hash) {
    asked++;
    int slot = Texts.spread(hash) & slots.length - 1;
    for (long other; (other = slots[slot]) != 0; slot = slot + 1 & slots.length - 1) {
      if (same(other, word)) {
        repeated++;
        return other;
      }
    }
    slots[slot] = word;
    if (++count * 2 > slots.length || (samples && asked == SAMPLE)) {
      adapt();
    }
    return word;
  }

  private boolean same(long one, long other) {
    if (Word.tag(one) != Word.tag(other)) {
      return false;
    }
    if (Word.tag(one) == Word.SLICE) {
      return texts.same(one, other);
    }
    long length = tape.next - tape.start() - Word.place(other);
    return Word.place(one) + length <= Word.place(other)
        && Raw.same(tape.start() + Word.place(one), tape.start() + Word.place(other), length);
  }

  private void adapt() {
    if ((samples && asked >= SAMPLE && repeated * 4 < asked) || slots.length >= MOST_SLOTS) {
      on = false;
      slots = new long[1];
      return;
    }
    if (count * 2 <= slots.length) {
      return;
    }
    long[] old = slots;
    slots = new long[old.length * 2];
    for (long word : old) {
      if (word != 0) {
        int slot = Texts.spread(Word.tag(word) == Word.SLICE ? texts.hash(word) : rehash(word)) & slots.length - 1;
        while (slots[slot] != 0) {
          slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = word;
      }
    }
  }

  private int rehash(long word) {
    long at = tape.start() + Word.place(word);
    long header = Raw.eight(at);
    long words = Word.tag(word) == Word.SEQUENCE ? header : header < 0 ? -2 * header : Raw.eight(tape.start() + header);
    return hash(at, at + 8 * words + 8);
  }

  /** Another one in each process, as that of texts. */
  private static int hash(long from, long to) {
    long hash = Texts.startHash();
    for (long i = from; i < to; i += 8) {
      hash = (hash ^ Raw.eight(i)) * 0x9E37_79B9_7F4A_7C15L;
      hash ^= hash >>> 32;
    }
    return (int) hash;
  }
}
