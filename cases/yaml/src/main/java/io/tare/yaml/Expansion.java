package io.tare.yaml;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions.Limits;
import io.tare.yaml.tape.Word;

/** Counts what a walk over a document's values visits, so that aliases can't make it endless: how deep, and how many in all. */
final class Expansion {
  private static final int DEEPEST = 1024;
  private final Limits limits;
  private final boolean aliases;
  private long visited;
  private int depth;

  Expansion(Limits limits, boolean aliases) {
    this.limits = limits;
    this.aliases = aliases;
  }

  void enter(long word) {
    if (Word.tag(word) == Word.OTHER && Word.kind(word) == Word.ALIAS) {
      throw new YamlException("a value that contains itself can't be written out");
    }
    if (aliases && ++visited > limits.expandedNodes()) {
      throw new YamlException("the aliases expand to more than " + limits.expandedNodes() + " values");
    }
    if (++depth > Math.max(DEEPEST, limits.depth())) {
      throw new YamlException("the aliases expand to more than " + DEEPEST + " collections in one another");
    }
  }

  void leave() {
    depth--;
  }
}
