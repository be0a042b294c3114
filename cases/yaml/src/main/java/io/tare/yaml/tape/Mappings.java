package io.tare.yaml.tape;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.Duplicates;
import io.tare.yaml.basis.YamlOptions.Schema;
import io.tare.yaml.memory.Raw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Mappings on the tape. With shared keys: the place of the keys, then the values; the keys are their count, themselves, an index. Others: minus their count,
 * keys and values in turn, an index. The index, for more than {@link #INDEXED_FROM} keys, is a hash table of 32-bit positions + 1.
 */
public final class Mappings {
  public static final int INDEXED_FROM = 16;
  private static final long MERGE = Word.ofShort(0x3C3C, 2);
  private final Growing tape;
  private final SameKeys sameKeys;
  private final boolean refused;
  private final boolean merging;
  private final long mostExpanded;
  private long merged;

  Mappings(Growing tape, Texts texts, YamlOptions options) {
    this.tape = tape;
    this.sameKeys = new SameKeys(tape, texts, options.limits().expandedNodes());
    this.refused = options.duplicates() == Duplicates.REFUSED;
    this.merging = options.schema() == Schema.YAML_1_1;
    this.mostExpanded = options.limits().expandedNodes();
  }

  /** The slots of the index for {@code count} keys: none for few. */
  public static int slots(long count) {
    return count <= INDEXED_FROM ? 0 : Integer.highestOneBit((int) Math.min(count, 1 << 28) - 1) << 2;
  }

  boolean refusesDuplicates() {
    return refused;
  }

  boolean sharesKey(long key) {
    return Texts.isSimple(key) && !(merging && key == MERGE);
  }

  long shaped(KeyShapes.Node node, long start, long top) {
    if (node.place < 0) {
      node.place = keys(node);
    }
    tape.ensure(top - start + 8);
    long at = tape.next;
    Raw.putEight(at, node.place);
    Raw.copy(start, at + 8, top - start);
    tape.next = at + 8 + (top - start);
    return Word.ofPlace(Word.MAPPING, at - tape.start());
  }

  private long keys(KeyShapes.Node node) {
    List<Long> keys = KeyShapes.keys(node);
    tape.ensure(8L * keys.size() + 8 + 4L * slots(keys.size()));
    long place = tape.next - tape.start();
    add(keys.size());
    keys.forEach(this::add);
    index(tape.next - 8L * keys.size(), keys.size(), 8);
    return place;
  }

  private void add(long word) {
    Raw.putEight(tape.next, word);
    tape.next += 8;
  }

  /** A mapping whose pairs stand on the stack. */
  long pairs(long start, long top) {
    if (merging && hasMerge(start, top)) {
      return merged(start, top);
    }
    long count = (top - start) >>> 4;
    tape.ensure(top - start + 8 + 4L * slots(count));
    long at = tape.next;
    Raw.putEight(at, -count);
    Raw.copy(start, at + 8, top - start);
    tape.next = at + 8 + (top - start);
    if (index(at + 8, count, 16) && !refused) {
      List<Long> all = new ArrayList<>();
      for (long i = start; i < top; i += 8) {
        all.add(Raw.eight(i));
      }
      tape.next = at;
      return written(distinct(all, List.of()));
    }
    return Word.ofPlace(Word.MAPPING, at - tape.start());
  }

  private long written(List<Long> pairs) {
    int count = pairs.size() / 2;
    tape.ensure(8L * pairs.size() + 8 + 4L * slots(count));
    long at = tape.next;
    add(-count);
    pairs.forEach(this::add);
    index(at + 8, count, 16);
    return Word.ofPlace(Word.MAPPING, at - tape.start());
  }

  /** Makes the index of {@code count} keys, which are {@code step} bytes apart; true, and no index, if one comes twice. */
  private boolean index(long keys, long count, int step) {
    int slots = slots(count);
    if (slots == 0) {
      for (long i = 1; i < count; i++) {
        for (long j = 0; j < i; j++) {
          if (same(Raw.eight(keys + i * step), Raw.eight(keys + j * step))) {
            return true;
          }
        }
      }
      return false;
    }
    long table = tape.next;
    tape.next += 4L * slots;
    for (long i = table; i < tape.next; i += 8) {
      Raw.putEight(i, 0);
    }
    for (int i = 0; i < count; i++) {
      long key = Raw.eight(keys + (long) i * step);
      int slot = Texts.spread(sameKeys.hash(key)) & slots - 1;
      for (int other; (other = slot(table, slot)) != 0; slot = slot + 1 & slots - 1) {
        if (same(key, Raw.eight(keys + (other - 1L) * step))) {
          return true;
        }
      }
      long pair = table + 4L * (slot & -2);
      Raw.putEight(pair, Raw.eight(pair) | (i + 1L) << (32 * (slot & 1)));
    }
    return false;
  }

  private static int slot(long table, int slot) {
    return (int) (Raw.eight(table + 4L * (slot & -2)) >>> (32 * (slot & 1)));
  }

  private boolean same(long one, long other) {
    if (!sameKeys.same(one, other)) {
      return false;
    }
    if (refused) {
      throw new YamlException("expected a key that this mapping does not have yet");
    }
    return true;
  }

  private static boolean hasMerge(long start, long top) {
    for (long i = start; i < top; i += 16) {
      if (Raw.eight(i) == MERGE) {
        return true;
      }
    }
    return false;
  }

  /** The pairs of a mapping, and those of the mappings that are merged in, nearer ones first. */
  private long merged(long start, long top) {
    List<Long> own = new ArrayList<>();
    List<Long> others = new ArrayList<>();
    for (long i = start; i < top; i += 16) {
      long value = Raw.eight(i + 8);
      if (Raw.eight(i) != MERGE) {
        own.add(Raw.eight(i));
        own.add(value);
      } else if (Word.tag(value) == Word.SEQUENCE) {
        long at = tape.start() + Word.place(value);
        for (long k = 1; k <= Raw.eight(at); k++) {
          addPairs(Raw.eight(at + 8 * k), others);
        }
      } else {
        addPairs(value, others);
      }
    }
    return written(distinct(own, others));
  }

  private void addPairs(long mapping, List<Long> pairs) {
    if (Word.tag(mapping) != Word.MAPPING) {
      throw new YamlException("expected a mapping, or a sequence of mappings, behind the merge key '<<'");
    }
    long at = tape.start() + Word.place(mapping);
    long header = Raw.eight(at);
    long keys = header < 0 ? at + 8 : tape.start() + header + 8;
    long count = header < 0 ? -header : Raw.eight(tape.start() + header);
    merged += count;
    if (merged > mostExpanded) {
      throw new YamlException("expected at most " + mostExpanded + " merged pairs");
    }
    for (long i = 0; i < count; i++) {
      pairs.add(Raw.eight(header < 0 ? keys + 16 * i : keys + 8 * i));
      pairs.add(Raw.eight(header < 0 ? keys + 16 * i + 8 : at + 8 + 8 * i));
    }
  }

  /** Each key once: of the mapping's own, written twice, the last counts, if that is no mistake; merged ones yield to those before them. */
  private List<Long> distinct(List<Long> own, List<Long> others) {
    List<Long> kept = new ArrayList<>();
    Map<Integer, List<Integer>> byHash = new HashMap<>();
    for (int i = 0; i < own.size() + others.size(); i += 2) {
      boolean isOwn = i < own.size();
      List<Long> pairs = isOwn ? own : others;
      int at = isOwn ? i : i - own.size();
      long key = pairs.get(at);
      List<Integer> alike = byHash.computeIfAbsent(sameKeys.hash(key), hash -> new ArrayList<>());
      int before = -1;
      for (int k = 0; k < alike.size() && before < 0; k++) {
        long other = kept.get(alike.get(k));
        before = (isOwn ? same(other, key) : sameKeys.same(other, key)) ? alike.get(k) : -1;
      }
      if (before < 0) {
        alike.add(kept.size());
        kept.add(key);
        kept.add(pairs.get(at + 1));
      } else if (isOwn) {
        kept.set(before + 1, pairs.get(at + 1));
      }
    }
    return kept;
  }
}
