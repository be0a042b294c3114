package io.tare.yaml;

import io.tare.yaml.YamlDocument.Kind;
import io.tare.yaml.tape.Word;
import java.util.Arrays;

/**
 * A place in a document that moves: down by key or index, on to the next element or pair, up again. One object for as many values as one likes.
 *
 * <pre>{@code
 * YamlCursor c = document.cursor();
 * for (boolean more = c.down(); more; more = c.next()) {
 *   sum += document.integer(c.word());
 * }
 * }</pre>
 */
public final class YamlCursor {
  private static final int DEEPEST = 4096;
  private final YamlDocument document;
  private long[] parents = new long[16];
  private long[] positions = new long[16];
  private int depth;
  private long word;
  private long key;

  YamlCursor(YamlDocument document) {
    this.document = document;
    this.word = document.rootWord(0);
    this.key = Word.MISSING;
  }

  /** The value here. */
  public long word() {
    return word;
  }

  /** The key of the value here, if it is in a mapping. */
  public long key() {
    return key;
  }

  public int depth() {
    return depth;
  }

  public YamlCursor toRoot(int document) {
    depth = 0;
    word = this.document.rootWord(document);
    key = Word.MISSING;
    return this;
  }

  /** To the value for a key; the place does not move when there is none. */
  public boolean down(String name) {
    long found = document.get(word, name);
    if (document.kind(found) == Kind.MISSING) {
      return false;
    }
    push(-1);
    word = found;
    key = Word.MISSING;
    return true;
  }

  /** To the first element or value. */
  public boolean down() {
    if (document.size(word) == 0) {
      return false;
    }
    push(0);
    return at(parents[depth - 1], 0);
  }

  /** To the element or value after this one. */
  public boolean next() {
    if (depth == 0 || positions[depth - 1] < 0 || positions[depth - 1] + 1 >= document.size(parents[depth - 1])) {
      return false;
    }
    positions[depth - 1]++;
    return at(parents[depth - 1], positions[depth - 1]);
  }

  public boolean up() {
    if (depth == 0) {
      return false;
    }
    word = parents[--depth];
    key = Word.MISSING;
    return true;
  }

  private boolean at(long parent, long position) {
    boolean mapping = document.kind(parent) == Kind.MAPPING;
    key = mapping ? document.key(parent, position) : Word.MISSING;
    word = mapping ? document.value(parent, position) : document.get(parent, position);
    return true;
  }

  private void push(long position) {
    if (depth == DEEPEST) {
      throw new IllegalStateException("the cursor is " + DEEPEST + " collections deep: the value contains itself");
    }
    if (depth == parents.length) {
      parents = Arrays.copyOf(parents, depth * 2);
      positions = Arrays.copyOf(positions, depth * 2);
    }
    parents[depth] = word;
    positions[depth++] = position;
  }
}
