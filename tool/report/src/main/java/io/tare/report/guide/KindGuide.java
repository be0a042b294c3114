package io.tare.report.guide;

import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Kind;

/** What a kind of bytes means for who reads the ledger, and how sure each sort of evidence is. */
public final class KindGuide {
  private KindGuide() {}

  /** What follows from bytes being of that kind. */
  public static String advice(Kind kind) {
    return switch (kind) {
      case LIVE ->
        "The program needs it. Only the program can let go of it. Growth of this over time is what a leak is.";
      case GARBAGE ->
        "Goes with the next collection that looks there. Much of it is normal for a program that allocates.";
      case USED -> "Part of it may be dead. A collection or a walk would tell; until then it counts as used.";
      case IDLE -> "The best candidate for getting memory back: nobody needs it, somebody only keeps it.";
      case MACHINERY -> "The price of the runtime. It follows threads, classes, code and heap size, not your data.";
      case FILE -> "The kernel takes it back when memory is wanted. High numbers here are seldom a problem.";
      case SHARED -> "Counted in several processes, or several times in one. Look at PSS for the fair part.";
      case UNEXPLAINED -> "Tare found no owner. Small is fine; large is a reason to look, or to report a bug.";
    };
  }

  /** What the confidence of a number means. */
  public static String meaning(Confidence confidence) {
    return switch (confidence) {
      case MEASURED -> "Read directly from the kernel or from the owner's own structures. Wrong only if they are.";
      case DERIVED -> "Computed from measured numbers by a rule that always holds, such as a sum or a difference.";
      case INFERRED -> "Concluded from a pattern that nearly always holds: a size, a neighbour, a name."
          + " Marked with ~ in the ledger.";
    };
  }
}
