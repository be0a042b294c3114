package io.tare.yaml.tape;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.memory.Raw;
import io.tare.yaml.parse.Properties;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The anchors of a document. An alias is its anchor's word; inside of what it names it is a place on the tape that gets the word later. */
final class Anchors {
  private static final class Anchor {
    private long word;
    private boolean open;
    private long place = -1;
  }

  private final Growing tape;
  private Map<String, Anchor> byName = new HashMap<>();
  private final Deque<Anchor> open = new ArrayDeque<>();
  private int used;

  Anchors(Growing tape) {
    this.tape = tape;
  }

  void clear() {
    // A new one: clearing needs as long as the largest document's anchors did, for each document.
    byName = byName.isEmpty() ? byName : new HashMap<>();
    open.clear();
  }

  /** How many aliases there were. */
  int used() {
    return used;
  }

  void open(Properties before) {
    if (before.anchor() != null) {
      Anchor anchor = new Anchor();
      anchor.open = true;
      byName.put(before.anchor(), anchor);
      open.push(anchor);
    }
  }

  long closed(Properties before, long word) {
    if (before.anchor() != null) {
      Anchor anchor = open.pop();
      anchor.open = false;
      anchor.word = word;
      if (anchor.place >= 0) {
        Raw.putEight(tape.start() + anchor.place, word);
      }
    }
    return word;
  }

  long scalar(Properties before, long word) {
    if (before.anchor() != null) {
      Anchor anchor = new Anchor();
      anchor.word = word;
      byName.put(before.anchor(), anchor);
    }
    return word;
  }

  long alias(String name) {
    @Nullable
    Anchor anchor = byName.get(name);
    if (anchor == null) {
      throw new YamlException("expected an anchor &" + name + " before its alias");
    }
    used++;
    if (!anchor.open) {
      return anchor.word;
    }
    if (anchor.place < 0) {
      tape.ensure(8);
      anchor.place = tape.next - tape.start();
      tape.next += 8;
    }
    return Word.ofRecord(Word.ALIAS, anchor.place);
  }
}
