package io.tare.ledger.rules;

import io.tare.model.report.Verdict;

/** One question about a reading, and how to answer it. */
public interface Rule {
  /** What a question is about; answers of the same weight are shown in this order. */
  enum Topic {
    LIMIT, JAVA_HEAP, NATIVE_MEMORY, JVM_MACHINERY, FILES, OTHER_HEAPS
  }

  Topic topic();

  /** Whether the question makes sense for this process at all; a report is silent about others. */
  default boolean appliesTo(Situation situation) {
    return true;
  }

  Verdict judge(Situation situation);
}
