package io.tare.ledger.runtimes.hotspot;

import static io.tare.ledger.words.Words.bytes;

import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Scales;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.OptionalLong;

/** Would a heap that grows to its maximum still fit below the limit, with everything else as it is? */
final class HeapCannotFit implements Rule {
  private static final String ID = "heap-cannot-fit";

  @Override
  public Topic topic() {
    return Topic.LIMIT;
  }

  @Override
  public Verdict judge(Situation s) {
    OptionalLong limit = s.scales().group().map(Scales.Group::limitBytes).orElse(OptionalLong.empty());
    if (!s.isJvm() || limit.isEmpty()) {
      return new Verdict.No(ID, s.isJvm() ? "No limit is set on the group." : "Not a JVM.", List.of());
    }
    OptionalLong max = HeapFigures.of(s.evidence()).max();
    if (max.isEmpty()) {
      return new Verdict.CannotTell(ID, "Whether the heap's maximum fits the limit can't be told.",
          "the maximum heap size: readable memory, or --ask", List.of());
    }
    // The limit stands against the group: what its other processes hold counts as well.
    long others = s.evidence().cgroup().stream().flatMap(c -> c.members().stream())
        .filter(m -> m.pid() != s.pid()).mapToLong(m -> m.rssBytes()).sum();
    long rest = beyondHeap(s) + others;
    List<Figure> readings = List.of(Situation.reading("heap maximum", max.getAsLong()),
        Situation.reading("everything else", rest),
        Situation.reading("limit", limit.getAsLong()));
    long over = max.getAsLong() + rest - limit.getAsLong();
    if (over <= 0) {
      return new Verdict.No(ID, "The heap's maximum of " + bytes(max.getAsLong()) + " fits the limit beside the rest.",
          readings);
    }
    long fitting = Math.max(0, s.part(limit.getAsLong() - rest, Threshold.HEAP_FIT)) >> 20;
    String summary = "A full heap of " + bytes(max.getAsLong()) + " plus the " + bytes(rest)
        + " beside it exceeds the limit of "
        + bytes(limit.getAsLong()) + " by " + bytes(over) + ": it would be killed before it throws OutOfMemoryError.";
    return new Verdict.Yes(ID, summary, Verdict.Strength.HIGH, readings,
        List.of(remedy(s, fitting, limit.getAsLong() + over)));
  }

  /** A maximum below what is alive would only fail sooner. */
  private static Remedy remedy(Situation s, long fittingMegabytes, long neededBytes) {
    OptionalLong live = HeapFigures.of(s.evidence()).settled();
    return fittingMegabytes << 20 > live.orElse(0) && fittingMegabytes > 0
        ? Remedy.open("Lower the heap's maximum so that it fits", "-Xmx" + fittingMegabytes + "m",
            "more collections when the heap is nearly full; a restart")
        : Remedy.open("Raise the limit to " + Jvm.megabytes(neededBytes)
            + " MB: what is alive beside the rest leaves no room for a smaller heap", "", "memory of the machine");
  }

  /** What is resident beside the heap and can't be dropped by the kernel. */
  private static long beyondHeap(Situation s) {
    long heap = s.bytes(Account.HEAP_USED) + s.bytes(Account.HEAP_LIVE) + s.bytes(Account.HEAP_GARBAGE)
        + s.bytes(Account.HEAP_IDLE) + s.bytes(Account.HEAP_DUPLICATE);
    return s.rss() - heap - s.bytes(Account.MAPPED) - s.bytes(Account.LIBRARIES);
  }
}
