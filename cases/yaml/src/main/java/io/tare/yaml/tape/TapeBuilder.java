package io.tare.yaml.tape;

import io.tare.yaml.basis.Style;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.memory.Raw;
import io.tare.yaml.memory.Region;
import io.tare.yaml.memory.SourceText;
import io.tare.yaml.parse.Properties;
import io.tare.yaml.parse.Sink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tape straight from what the parser finds, without objects per value. The values of open collections wait on a stack; a collection that ends goes
 * to the tape and leaves its word there.
 */
public final class TapeBuilder extends Sink {
  private static final int SEQUENCE = 0;
  /** A mapping whose keys are a node of {@link KeyShapes}: only values are on the stack. */
  private static final int SHAPED = 1;
  /** A mapping with keys and values on the stack. */
  private static final int PAIRS = 2;

  final Growing tape;
  final Growing decoded;
  private final Region stack;
  private final Texts texts;
  private final KeyShapes shapes;
  private final ScalarWords scalars;
  private final Mappings mappings;
  private final Anchors anchors;
  private final Dedup dedup;
  private long[] roots = new long[16];
  private int rootCount;

  /** The open collection; those around it are in the arrays. */
  private int kind = SEQUENCE;
  private boolean atKey;
  private KeyShapes.Node node;
  private long start;
  private int depth;
  private final int[] kinds;
  private final long[] starts;
  private final KeyShapes.Node[] nodes;
  private final @Nullable Properties[] properties;
  /** The next free place of the stack. */
  private long top;
  private long place;
  private long emptySequence = -1;

  TapeBuilder(SourceText text, YamlOptions options, Growing tape, Growing decoded, long stackBytes) {
    this.tape = tape;
    this.decoded = decoded;
    this.stack = Region.anonymous(stackBytes);
    this.top = stack.address();
    this.texts = new Texts(text.start(), decoded);
    this.shapes = new KeyShapes(texts);
    this.mappings = new Mappings(tape, texts, options);
    this.anchors = new Anchors(tape);
    this.dedup = new Dedup(tape, texts, options.dedup());
    this.scalars = new ScalarWords(text.start(), tape, texts, dedup, options);
    this.node = shapes.none;
    int frames = options.limits().depth() + 2;
    this.kinds = new int[frames];
    this.starts = new long[frames];
    this.nodes = new KeyShapes.Node[frames];
    this.properties = new Properties[frames];
  }

  /** The words of the documents' roots. */
  long[] roots() {
    return Arrays.copyOf(roots, rootCount);
  }

  long stackBytes() {
    return stack.size();
  }

  /** Where the parser is: what is wrong with a node is said with its place. */
  long place() {
    return place;
  }

  /** The stack goes back: what is built stays. */
  void freeStack() {
    stack.free();
  }

  int aliases() {
    return anchors.used();
  }

  @Override
  public void at(long address) {
    place = address;
  }

  @Override
  public void startDocument(boolean explicit) {
    anchors.clear();
    top = stack.address();
    start = top;
    kind = SEQUENCE;
    depth = 0;
  }

  @Override
  public void endDocument(boolean explicit) {
    if (rootCount == roots.length) {
      roots = Arrays.copyOf(roots, rootCount * 2);
    }
    roots[rootCount++] = Raw.eight(top - 8);
  }

  @Override
  public void startSequence(Style style, @Nullable Properties before) {
    open(SEQUENCE, before);
  }

  @Override
  public void startMapping(Style style, @Nullable Properties before) {
    open(SHAPED, before);
    atKey = true;
    node = shapes.none;
  }

  private void open(int what, @Nullable Properties before) {
    kinds[depth] = atKey ? kind | 4 : kind;
    starts[depth] = start;
    nodes[depth] = node;
    properties[depth] = before;
    depth++;
    kind = what;
    atKey = false;
    start = top;
    if (before != null) {
      anchors.open(before);
    }
  }

  @Override
  public void endSequence() {
    long count = (top - start) >>> 3;
    long word;
    if (count == 0 && emptySequence >= 0) {
      word = emptySequence;
    } else {
      tape.ensure(top - start + 8);
      long at = tape.next;
      Raw.putEight(at, count);
      Raw.copy(start, at + 8, top - start);
      tape.next = at + 8 + (top - start);
      word = dedup.kept(Word.ofPlace(Word.SEQUENCE, at - tape.start()), at);
      emptySequence = count == 0 ? word : emptySequence;
    }
    close(word);
  }

  @Override
  public void endMapping() {
    long word = kind == SHAPED ? mappings.shaped(node, start, top) : mappings.pairs(start, top);
    close(dedup.kept(word, tape.start() + Word.place(word)));
  }

  private void close(long word) {
    top = start;
    depth--;
    int state = kinds[depth];
    kind = state & 3;
    atKey = state > 3;
    start = starts[depth];
    node = nodes[depth];
    Properties before = properties[depth];
    deliver(before == null ? word : anchors.closed(before, scalars.tagged(word, before)));
  }

  /** A value or key is complete. */
  private void deliver(long word) {
    if (atKey) {
      key(word);
    } else {
      push(word);
      atKey = kind != SEQUENCE;
    }
  }

  private void push(long word) {
    Raw.putEight(top, word);
    top += 8;
  }

  private void key(long word) {
    atKey = false;
    if (kind == SHAPED) {
      KeyShapes.Node next = mappings.sharesKey(word) ? shapes.next(node, word) : null;
      if (next != null) {
        node = next;
        return;
      }
      if (mappings.refusesDuplicates() && Texts.isSimple(word) && shapes.has(node, word)) {
        throw new YamlException("expected a key that this mapping does not have yet");
      }
      unshaped();
    }
    push(word);
  }

  /** The keys of the open mapping go to the stack, before their values. */
  private void unshaped() {
    int count = node.length;
    KeyShapes.Node n = node;
    for (int i = count - 1; i >= 0 && n != null; i--) {
      long value = Raw.eight(start + 8L * i);
      Raw.putEight(start + 16L * i, n.key);
      Raw.putEight(start + 16L * i + 8, value);
      n = n.parent;
    }
    top = start + 16L * count;
    kind = PAIRS;
  }

  @Override
  public void slice(Style style, long from, long to, @Nullable Properties before) {
    long word = scalars.slice(style, from, to, before);
    if (before != null) {
      anchors.scalar(before, word);
    }
    if (atKey && kind == SHAPED && before == null && style != Style.FOLDED) {
      key(word);
      if (kind == SHAPED) {
        byte quote = style == Style.PLAIN ? (byte) 0 : style == Style.SINGLE_QUOTED ? (byte) '\'' : (byte) '"';
        KeyShapes.write(node, from, to - from, quote);
      }
      return;
    }
    deliver(word);
  }

  @Override
  public int expectedKey(long address) {
    if (kind != SHAPED || !atKey) {
      return 0;
    }
    KeyShapes.Node next = KeyShapes.expected(node, address);
    if (next == null) {
      return 0;
    }
    node = next;
    atKey = false;
    return KeyShapes.rawLength(next);
  }

  @Override
  public void folded(Style style, long from, long to, int block, @Nullable Properties before) {
    long word = scalars.folded(style, from, to, block, atKey, before);
    deliver(before == null ? word : anchors.scalar(before, word));
  }

  @Override
  public void alias(String name) {
    deliver(anchors.alias(name));
  }

  @Override
  public int hold() {
    return atKey ? 1 : 0;
  }

  /** The node that became a value or key of the open collection becomes the first key of a new one instead. */
  @Override
  public void wrap(int held, Style style, @Nullable Properties before) {
    top -= 8;
    long word = Raw.eight(top);
    atKey = held == 1;
    startMapping(style, before);
    key(word);
  }

  @Override
  public void letGo(int held) {}

  @Override
  public void lineCrossed() {}
}
