package io.tare.ledger.rules;

import io.tare.ledger.Evidence;
import io.tare.ledger.HeapFigures;
import io.tare.ledger.Words;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Figure;
import io.tare.model.report.Net;
import io.tare.model.report.Scales;
import io.tare.model.report.Verdict;
import java.util.OptionalLong;

/** Everything that a rule may look at. */
public record Situation(Evidence evidence, Ledger ledger, Scales scales, Net net, HeapFigures heap) {
  /** What is smaller is not worth a sentence, whatever its share. */
  static final long SMALL = 8L << 20;

  boolean isJvm() {
    return evidence.capture().target().runtime() == RuntimeKind.HOTSPOT;
  }

  long rss() {
    return ledger.residentBytes();
  }

  long bytes(Account account) {
    return ledger.bytes(account);
  }

  /** Whether the bytes are a good part of the weight: at least the given percentage of RSS, and not small. */
  boolean weighs(long bytes, int percent) {
    return bytes >= SMALL && bytes * 100.0 >= (double) percent * rss();
  }

  /** How strongly an account that makes up so much of RSS explains the weight. */
  Verdict.Strength strength(long bytes) {
    return weighs(bytes, 40)
        ? Verdict.Strength.HIGH
        : weighs(bytes, 20) ? Verdict.Strength.MEDIUM : Verdict.Strength.LOW;
  }

  Figure reading(Account account) {
    return new Figure(account.id(), Words.ofRss(bytes(account), rss()));
  }

  static Figure reading(String what, long bytes) {
    return new Figure(what, Words.bytes(bytes));
  }

  /** The value of a JVM flag as a number; empty where the flags could not be read. */
  OptionalLong flag(String name) {
    return evidence.jvm().number("flag." + name);
  }

  boolean flagIsOn(String name) {
    return evidence.jvm().fact("flag." + name).filter("true"::equals).isPresent();
  }

  String collector() {
    return evidence.jvm().fact("collector").orElse("");
  }

  /** How to get at the objects themselves. */
  static String heapDump(Situation s) {
    return "jcmd " + s.evidence().capture().target().pid() + " GC.heap_dump -all F.hprof; tare heap F.hprof";
  }

  long threads() {
    return evidence.kernel().tasks().size();
  }
}
