package io.tare.ledger.rules;

import io.tare.model.report.Verdict;

/** One question about a reading, and how to answer it. */
public interface Rule {
  /** What a question is about; answers of the same weight are shown in this order. */
  enum Topic {
    LIMIT,
    NOT_KNOWN,
    JAVA_HEAP,
    NATIVE_MEMORY,
    JVM_MACHINERY,
    FILES,
    OTHER_HEAPS,
    /** What is the group's and not the process's own. */
    GROUP
  }

  Topic topic();

  Verdict judge(Situation situation);
}
