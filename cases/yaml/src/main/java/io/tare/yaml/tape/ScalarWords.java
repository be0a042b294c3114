package io.tare.yaml.tape;

import io.tare.yaml.basis.Style;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.Decoding;
import io.tare.yaml.memory.Raw;
import io.tare.yaml.parse.Properties;
import io.tare.yaml.parse.ScalarText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The words of scalars: by schema and tag, as slices of the text where that is possible, with a record on the tape where eight bytes don't do. */
final class ScalarWords {
  private final long source;
  private final Growing tape;
  private final Texts texts;
  private final Dedup dedup;
  private final PlainScalars plain;
  private final boolean lazy;
  private final ScalarText scalarText = new ScalarText();

  ScalarWords(long source, Growing tape, Texts texts, Dedup dedup, YamlOptions options) {
    this.source = source;
    this.tape = tape;
    this.texts = texts;
    this.dedup = dedup;
    this.plain = new PlainScalars(options.schema(), source);
    this.lazy = options.decoding() == Decoding.LAZY;
  }

  /** A scalar in one piece. */
  long slice(Style style, long from, long to, @Nullable Properties before) {
    String tag = before == null ? null : before.tag();
    long word = style == Style.PLAIN && tag == null ? plain.word(from, to) : Word.MISSING;
    if (word == Word.MISSING) {
      word = texts.word(from, to);
      word = word == 0 ? record(Word.LONG_SLICE, from - source, to - from) : dedup.text(word);
    }
    return before == null || tag == null ? word : tagged(forced(tag, from, to, word), before);
  }

  /** A scalar with line ends or escapes: keys are decoded at once, so that they can be compared. */
  long folded(Style style, long from, long to, int block, boolean key, @Nullable Properties before) {
    long word = lazy && !key && to - from > Word.LONGEST_SHORT
        ? raw(style, from, to, block)
        : decodedNow(style, from, to, block);
    return before == null ? word : tagged(word, before);
  }

  @SuppressWarnings("EnumOrdinal")
  private long raw(Style style, long from, long to, int block) {
    return record(Word.RAW, (from - source) << 8 | style.ordinal(), (to - from) << 18 | block);
  }

  private long record(int recordKind, long first, long second) {
    tape.ensure(16);
    long at = tape.next;
    Raw.putEight(at, first);
    Raw.putEight(at + 8, second);
    tape.next = at + 16;
    return Word.ofRecord(recordKind, at - tape.start());
  }

  private long decodedNow(Style style, long from, long to, int block) {
    if (to - from > Integer.MAX_VALUE - 16) {
      throw new YamlException("expected a text of at most 2 GB");
    }
    byte[] raw = new byte[(int) (to - from)];
    Raw.copy(from, raw, 0, raw.length);
    int length = scalarText.decode(style, raw, raw.length, block);
    long word = texts.word(scalarText.bytes(), length);
    return word != 0 ? word : raw(style, from, to, block);
  }

  /** What a tag of the core schema makes of a scalar. */
  private long forced(String tag, long from, long to, long text) {
    return switch (tag) {
      case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null" -> {
        long word = plain.word(from, to);
        yield word == Word.MISSING ? text : word;
      }
      default -> text;
    };
  }

  /** The word with its tag, unless its kind says the tag already. */
  long tagged(long word, Properties before) {
    String tag = before.tag();
    if (tag == null || Tags.says(tag, word)) {
      return word;
    }
    byte[] bytes = tag.getBytes(StandardCharsets.UTF_8);
    return record(Word.TAGGED, word, texts.word(bytes, bytes.length));
  }
}
