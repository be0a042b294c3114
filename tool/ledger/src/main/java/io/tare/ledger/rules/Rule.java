package io.tare.ledger.rules;

import io.tare.model.report.Verdict;

/** One question about a reading, and how to answer it. */
interface Rule {
  Verdict judge(Situation situation);
}
