package io.tare.yaml;

import io.tare.yaml.basis.Parts;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.Wrappers;
import io.tare.yaml.tape.Tags;
import io.tare.yaml.tape.Tape;
import io.tare.yaml.tape.TapeLoader;
import io.tare.yaml.tape.Word;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a stream. A value is a word, a {@code long} that means something in its document only; {@link YamlNode} is a word with its document. Reading
 * words allocates nothing. Closing frees all memory; whoever reads afterwards, or meanwhile in another thread, gets an {@link IllegalStateException}.
 */
public final class YamlDocument implements AutoCloseable {
  /** What a value is. */
  public enum Kind {
    NULL,
    BOOLEAN,
    INTEGER,
    FLOAT,
    TEXT,
    SEQUENCE,
    MAPPING,
    /** There is no such value. */
    MISSING
  }

  private static final int POOL = 1024;
  private final TapeLoader.Loaded loaded;
  private final Tape tape;
  private final YamlOptions options;
  private final Arena arena;
  private final YamlNode @Nullable [] pool;

  YamlDocument(TapeLoader.Loaded loaded, YamlOptions options, Arena arena) {
    this.loaded = loaded;
    this.tape = loaded.tape();
    this.options = options;
    this.arena = arena;
    this.pool = options.wrappers() == Wrappers.LAZY
        ? null
        : new YamlNode[options.wrappers() == Wrappers.POOLED ? POOL : eagerSize()];
    if (options.wrappers() == Wrappers.EAGER) {
      for (long root : loaded.roots()) {
        wrapAll(root, 0);
      }
    }
  }

  private int eagerSize() {
    return Integer.highestOneBit((int) Math.min(Math.max(loaded.nodes(), 64), 1 << 27)) << 1;
  }

  private void wrapAll(long word, int depth) {
    node(word);
    if (depth > options.limits().depth()) {
      return;
    }
    Kind kind = kind(word);
    for (long i = 0; i < size(word); i++) {
      wrapAll(kind == Kind.SEQUENCE ? get(word, i) : value(word, i), depth + 1);
    }
  }

  /** How many documents the stream has. */
  public int documents() {
    return loaded.roots().length;
  }

  /** The root of the first document. */
  public YamlNode root() {
    return node(rootWord(0));
  }

  public YamlNode root(int document) {
    return node(rootWord(document));
  }

  /** The word of a document's root; missing in an empty stream. */
  public long rootWord(int document) {
    alive();
    return document == 0 && documents() == 0 ? Word.MISSING : loaded.roots()[document];
  }

  YamlNode node(long word) {
    YamlNode[] nodes = pool;
    if (nodes == null) {
      return new YamlNode(this, word);
    }
    int slot = (int) ((word * 0x9E37_79B9_7F4A_7C15L) >>> 33) & nodes.length - 1;
    YamlNode node = nodes[slot];
    if (node == null || node.word() != word) {
      node = new YamlNode(this, word);
      nodes[slot] = node;
    }
    return node;
  }

  public Kind kind(long word) {
    alive();
    long plain = tape.plain(word);
    return switch (Word.tag(plain)) {
      case Word.INT -> Tags.FLOAT.equals(tape.tag(word)) ? Kind.FLOAT : Kind.INTEGER;
      case Word.SEQUENCE -> Kind.SEQUENCE;
      case Word.MAPPING -> Kind.MAPPING;
      case Word.NUMBER -> tape.isFloat(plain) ? Kind.FLOAT : Kind.INTEGER;
      case Word.OTHER -> switch (Word.kind(plain)) {
        case Word.NULL_KIND -> Kind.NULL;
        case Word.FALSE_KIND, Word.TRUE_KIND -> Kind.BOOLEAN;
        case Word.LONG_SLICE, Word.RAW -> Kind.TEXT;
        default -> Kind.MISSING;
      };
      default -> Kind.TEXT;
    };
  }

  /** Elements of a sequence, pairs of a mapping; 0 for a scalar. */
  public long size(long word) {
    alive();
    return tape.size(word);
  }

  /** The value for a key that is this text. */
  public long get(long word, String key) {
    alive();
    return tape.get(word, key);
  }

  /** An element of a sequence. */
  public long get(long word, long index) {
    alive();
    return tape.element(word, index);
  }

  /** The key of a mapping's pair, in the order of the text. */
  public long key(long word, long index) {
    alive();
    return tape.key(word, index);
  }

  public long value(long word, long index) {
    alive();
    return tape.value(word, index);
  }

  public boolean isText(long word, String text) {
    alive();
    return tape.isText(word, text);
  }

  /** A scalar as text. */
  public String text(long word) {
    alive();
    return tape.string(word);
  }

  public long integer(long word) {
    alive();
    long plain = tape.plain(word);
    if (Word.tag(plain) == Word.INT) {
      return Word.toInt(plain);
    }
    if (kind(word) == Kind.INTEGER) {
      return JavaTree.bigInteger(tape.string(plain)).longValueExact();
    }
    throw new YamlException("expected an integer, found " + kind(word));
  }

  /** Allocates nothing for up to 15 digits. */
  public double number(long word) {
    alive();
    return tape.toDouble(word);
  }

  public boolean bool(long word) {
    long plain = tape.plain(word);
    if (kind(plain) != Kind.BOOLEAN) {
      throw new YamlException("expected true or false, found " + kind(plain));
    }
    return plain == Word.TRUE;
  }

  /** The tag that stands in the text, if the value's kind does not say it already; else empty. */
  public String tag(long word) {
    alive();
    return tape.tag(word);
  }

  /** Maps, lists, strings, longs and their like. Refuses a value that contains itself, and aliases that expand to more than the limit. */
  public @Nullable Object toJava(long word) {
    alive();
    return new JavaTree(this, options.limits(), loaded.aliases() > 0).of(word);
  }

  /** Writes a value as JSON, in UTF-8. */
  public void toJson(long word, OutputStream out) throws IOException {
    alive();
    try (JsonOutput json = new JsonOutput(this, tape, out, options.limits(), loaded.aliases() > 0)) {
      json.value(word);
    }
  }

  /** A place that moves, and allocates nothing when it does. */
  public YamlCursor cursor() {
    return new YamlCursor(this);
  }

  public Parts parts() {
    return loaded.parts();
  }

  private void alive() {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException("the document is closed");
    }
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
