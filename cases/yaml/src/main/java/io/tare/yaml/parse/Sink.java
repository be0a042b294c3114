package io.tare.yaml.parse;

import io.tare.yaml.basis.Style;
import org.jspecify.annotations.Nullable;

/** What a parser tells, in the order of the text. Scalars come raw: {@link ScalarText} decodes them. */
public abstract class Sink {
  public abstract void startDocument(boolean explicit);

  public abstract void endDocument(boolean explicit);

  public abstract void startSequence(Style style, @Nullable Properties properties);

  public abstract void endSequence();

  public abstract void startMapping(Style style, @Nullable Properties properties);

  public abstract void endMapping();

  /** A scalar on one line without escapes: its text is exactly the slice. */
  public abstract void slice(Style style, long start, long end, @Nullable Properties properties);

  /** A scalar with line ends or escapes; {@code block} tells indentation and chomping of literal and folded ones. */
  public abstract void folded(Style style, long start, long end, int block, @Nullable Properties properties);

  public abstract void alias(String name);

  /** The node that begins now may turn out to be a mapping's first key; the answer goes to {@link #wrap} or {@link #letGo}. */
  public abstract int hold();

  /** The node since {@link #hold} is complete and was the first key of a mapping, which begins before it. */
  public abstract void wrap(int held, Style style, @Nullable Properties properties);

  /** The node since {@link #hold} was no key. */
  public abstract void letGo(int held);

  /** A flow collection goes on in another line: what is held can't be a key. */
  public abstract void lineCrossed();

  /** The length of the plain key here, if it is the key that usually comes now; 0 if not known. */
  public int expectedKey(long address) {
    return 0;
  }

  /** Where the problem stands that the sink itself finds (a duplicate key, an unknown alias). */
  public void at(long address) {}
}
