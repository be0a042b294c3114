package io.tare.ledger.rules;

import static io.tare.ledger.Words.bytes;

import io.tare.ledger.Words;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Scales;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Is the limit of the group close, with all that the kernel can reclaim given back? */
final class NearLimit implements Rule {
  private static final String ID = "near-limit";

  @Override
  public Verdict judge(Situation s) {
    Optional<Scales.Group> group = s.scales().group();
    if (group.isEmpty()) {
      return new Verdict.CannotTell(ID, "Whether a limit is near can't be told.",
          "the process's memory group, which could not be read",
          List.of());
    }
    Scales.Group g = group.get();
    if (g.limitBytes().isEmpty()) {
      return new Verdict.No(ID, "No limit is set on the group.", List.of());
    }
    if (g.headroomBytes().isEmpty()) {
      return new Verdict.CannotTell(ID, "A limit is set, but the headroom can't be told.",
          "the group's memory.stat", List.of());
    }
    long limit = g.limitBytes().getAsLong();
    long headroom = g.headroomBytes().getAsLong();
    List<Figure> readings = List.of(Situation.reading("limit", limit), Situation.reading("headroom", headroom),
        new Figure("usage", g.usageBytes().isPresent() ? bytes(g.usageBytes().getAsLong()) : "unknown"));
    if (headroom > limit / 5) {
      return new Verdict.No(ID, "The limit leaves " + Words.share(headroom, limit) + " headroom.", readings);
    }
    String summary = "Only " + bytes(Math.max(0, headroom)) + " (" + Words.share(Math.max(0, headroom), limit)
        + ") are left below the group's limit of " + bytes(limit) + ", page cache given back already.";
    return new Verdict.Yes(ID, summary, headroom <= limit / 10 ? Verdict.Strength.HIGH : Verdict.Strength.MEDIUM,
        readings,
        List.of(new Remedy("Give the group more room, or make the process lighter by the other remedies",
            "raise the limit of " + g.limitPath(), OptionalLong.empty(), "memory of the machine")));
  }
}
