package io.tare.yaml.tape;

import io.tare.yaml.memory.Raw;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tuples of keys that mappings have, as a tree: each node is the keys on the way to it. Mappings with the same keys in the same order share one list of
 * keys on the tape, and the key that came last after a node is the one that is expected to come next.
 */
final class KeyShapes {
  private static final int MOST_NODES = 1 << 16;
  private static final int MOST_KEYS = 256;
  private static final int FIRST_SLOTS = 256;
  private static final int LONGEST_EXPECTED = 512;

  static final class Node {
    final @Nullable Node parent;
    final long key;
    final int length;
    /** The key as it stands in the text, between its quotes if it has some; 0 if it can't be expected. */
    private long rawStart;
    private int rawLength;
    private byte quote;
    private long first;
    private long mask;
    private final int hash;
    @Nullable
    Node usual;
    /** Where the list of keys is on the tape; −1: nowhere yet. */
    long place = -1;

    private Node(@Nullable Node parent, long key, int hash) {
      this.parent = parent;
      this.key = key;
      this.length = parent == null ? 0 : parent.length + 1;
      this.hash = hash;
    }

    private void seen(long start, int bytes, byte quoted) {
      rawStart = start;
      rawLength = bytes;
      quote = quoted;
      first = Raw.eight(start);
      mask = bytes >= 8 ? -1 : bytes == 0 ? 0 : -1L >>> (64 - 8 * bytes);
      first &= mask;
    }

    /** Whether the text from {@code start} on begins with this key's text. */
    private boolean isAt(long start) {
      return (Raw.eight(start) & mask) == first
          && (rawLength <= 8 || Raw.same(start + 8, rawStart + 8, rawLength - 8L));
    }
  }

  private final Texts texts;
  private Node[] slots = new Node[FIRST_SLOTS];
  private int count;
  final Node none = new Node(null, 0, 0);

  KeyShapes(Texts texts) {
    this.texts = texts;
  }

  /** The node after {@code node} if the usual key stands at {@code address} with a colon behind it, a quote before it or not. */
  static @Nullable Node expected(Node node, long address) {
    Node next = node.usual;
    if (next == null || next.rawStart == 0) {
      return null;
    }
    long start = address;
    long end = start + next.rawLength;
    if (next.quote != 0) {
      start++;
      if (Raw.at(address) != next.quote || Raw.at(end + 1) != next.quote) {
        return null;
      }
      end += 2;
    }
    return Raw.at(end) == ':' && next.isAt(start) && endsToken(Raw.at(end + 1)) ? next : null;
  }

  private static boolean endsToken(byte c) {
    return c == ' ' || c == '\n';
  }

  static int rawLength(Node node) {
    return node.rawLength + (node.quote == 0 ? 0 : 2);
  }

  /** The node after {@code node} with {@code key}; null if there are too many, or if a mapping has the key already. */
  @Nullable
  Node next(Node node, long key) {
    Node usual = node.usual;
    if (usual != null && texts.same(usual.key, key)) {
      return usual;
    }
    int hash = texts.hash(key) * 31 + System.identityHashCode(node);
    int slot = Texts.spread(hash) & slots.length - 1;
    for (Node other; (other = slots[slot]) != null; slot = slot + 1 & slots.length - 1) {
      if (other.hash == hash && other.parent == node && texts.same(other.key, key)) {
        node.usual = other;
        return other;
      }
    }
    if (count >= MOST_NODES || node.length >= MOST_KEYS || has(node, key)) {
      return null;
    }
    Node made = new Node(node, key, hash);
    slots[slot] = made;
    node.usual = made;
    if (++count * 2 > slots.length) {
      rehash();
    }
    return made;
  }

  /** The key of {@code node}, written as these bytes, may be expected where it came. */
  static void write(Node node, long start, long bytes, byte quote) {
    if (node.rawStart == 0 && bytes > 0 && bytes < LONGEST_EXPECTED
        && (quote != 0 || !hasFlowIndicator(start, bytes))) {
      node.seen(start, (int) bytes, quote);
    }
  }

  /** Plain texts with brackets or commas are keys outside of brackets, but not inside. */
  private static boolean hasFlowIndicator(long start, long bytes) {
    for (long i = start; i < start + bytes; i++) {
      if (",[]{}".indexOf(Raw.at(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  boolean has(Node node, long key) {
    for (Node n = node; n != null && n.length > 0; n = n.parent) {
      if (texts.same(n.key, key)) {
        return true;
      }
    }
    return false;
  }

  /** Every node whose keys stand on the tape. */
  int count() {
    return count;
  }

  /** The keys on the way to {@code node}, in order. */
  static List<Long> keys(Node node) {
    List<Long> keys = new ArrayList<>();
    for (Node n = node; n != null && n.length > 0; n = n.parent) {
      keys.addFirst(n.key);
    }
    return keys;
  }

  private void rehash() {
    Node[] old = slots;
    slots = new Node[old.length * 2];
    for (Node node : old) {
      if (node != null) {
        int slot = Texts.spread(node.hash) & slots.length - 1;
        while (slots[slot] != null) {
          slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = node;
      }
    }
  }
}
