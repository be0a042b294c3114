package io.tare.ledger.rules;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.words.Words;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Figure;
import io.tare.model.report.MappingLine;
import io.tare.model.report.Net;
import io.tare.model.report.Remedy;
import io.tare.model.report.Scales;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.OptionalLong;

/**
 * Everything that a rule may look at, and what counts as much.
 *
 * @param mappings by address: the pieces that the ledger was summed up from
 */
public record Situation(Evidence evidence, Ledger ledger, List<MappingLine> mappings, Scales scales, Net net,
    Thresholds thresholds) {
  public Situation {
    mappings = List.copyOf(mappings);
  }

  public boolean isJvm() {
    return evidence.capture().target().runtime() == RuntimeKind.HOTSPOT;
  }

  public long pid() {
    return evidence.capture().target().pid();
  }

  /** Counts its objects by type: the first thing to do about a heap that is full. */
  public Remedy census(String action) {
    return Remedy.open(action, "tare who " + pid(),
        "reads the heap's pages, some tenths of a second a GB; the process is not stopped");
  }

  public long rss() {
    return ledger.residentBytes();
  }

  public long bytes(Account account) {
    return ledger.bytes(account);
  }

  /** Whether the bytes are worth a sentence at all, whatever their share. */
  public boolean matters(long bytes) {
    return bytes >= thresholds.value(Threshold.SMALLEST);
  }

  /** Whether the bytes are a good part of the weight: at least the given share of RSS, and not small. */
  public boolean weighs(long bytes, Threshold share) {
    return matters(bytes) && thresholds.reaches(bytes, share, rss());
  }

  /** How strongly an account that makes up so much of RSS explains the weight. */
  public Verdict.Strength strength(long bytes) {
    return weighs(bytes, Threshold.STRENGTH_HIGH)
        ? Verdict.Strength.HIGH
        : weighs(bytes, Threshold.STRENGTH_MEDIUM) ? Verdict.Strength.MEDIUM : Verdict.Strength.LOW;
  }

  /** The share of the bytes that a threshold names, rounded down. */
  public long part(long bytes, Threshold share) {
    return thresholds.part(bytes, share);
  }

  /**
   * What a remedy returns, and may return besides as it happens: how much garbage lies there changes from moment to moment. A figure is
   * stated where little of it is up to chance, or where both together are next to nothing.
   */
  public OptionalLong figure(long bytes, long chance) {
    boolean isStated = chance <= part(bytes, Threshold.REMEDY_CHANCE)
        || bytes + chance < thresholds.value(Threshold.REMEDY_LEAST);
    return isStated ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  public Figure reading(Account account) {
    return new Figure(account.id(), Words.ofRss(bytes(account), rss()));
  }

  public static Figure reading(String what, long bytes) {
    return new Figure(what, Words.bytes(bytes));
  }

  public long threads() {
    return evidence.kernel().tasks().size();
  }
}
