package io.tare.ledger.rules;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.share;

import io.tare.ledger.words.Words;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Scales;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Questions about the memory group that a process lives in. */
final class GroupRules {
  private GroupRules() {}

  /** Is the limit of the group close, with all that the kernel can reclaim given back? */
  static final class NearLimit implements Rule {
    private static final String ID = "near-limit";

    @Override
    public Topic topic() {
      return Topic.LIMIT;
    }

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
      if (headroom > s.part(limit, Threshold.LIMIT_NEAR)) {
        return new Verdict.No(ID, "The limit leaves " + Words.share(headroom, limit) + " headroom.", readings);
      }
      String summary = "Only " + bytes(Math.max(0, headroom)) + " (" + Words.share(Math.max(0, headroom), limit)
          + ") are left below the group's limit of " + bytes(limit) + ", page cache given back already.";
      return new Verdict.Yes(ID, summary,
          headroom <= s.part(limit, Threshold.LIMIT_CLOSE) ? Verdict.Strength.HIGH : Verdict.Strength.MEDIUM,
          readings,
          List.of(new Remedy("Give the group more room, or make the process lighter by the other remedies",
              "raise the limit of " + g.limitPath(), OptionalLong.empty(), "memory of the machine")));
    }
  }

  /** Is the container's number mostly page cache? */
  static final class PageCache implements Rule {
    private static final String ID = "page-cache";

    @Override
    public Topic topic() {
      return Topic.GROUP;
    }

    @Override
    public Verdict judge(Situation s) {
      Optional<Scales.Group> group = s.scales().group();
      if (group.isEmpty() || group.get().pageCacheBytes().isEmpty() || group.get().usageBytes().isEmpty()) {
        return new Verdict.CannotTell(ID, "What page cache the group is charged for can't be told.",
            "the group's memory.stat and usage", List.of());
      }
      long cache = group.get().pageCacheBytes().getAsLong();
      long usage = group.get().usageBytes().getAsLong();
      List<Figure> readings = List.of(Situation.reading("usage", usage), Situation.reading("page cache", cache));
      if (isAboutOthers(s, group.get(), usage) || !s.matters(cache)
          || !s.thresholds().reaches(cache, Threshold.PAGE_CACHE, usage)) {
        return new Verdict.No(ID, "Page cache is " + share(cache, usage) + " of the group's charge.", readings);
      }
      return new Verdict.Yes(ID, bytes(cache) + " of the group's " + bytes(usage)
          + " are page cache: files that were read or written, kept while nobody needs the room. They alone don't get a "
          + "process killed; watch the working set, or anonymous memory, instead of usage.",
          Verdict.Strength.LOW, readings, remedies(s, group.get(), usage));
    }

    /** Only against a limit does cache stand in the way; how much of it is this process's doing is not known. */
    private static List<Remedy> remedies(Situation s, Scales.Group group, long usage) {
      if (group.limitBytes().isEmpty()
          || group.limitBytes().getAsLong() - usage > s.part(group.limitBytes().getAsLong(), Threshold.LIMIT_NEAR)) {
        return List.of();
      }
      return List.of(new Remedy("Don't keep what is read once: the group's charge stands at its limit",
          "posix_fadvise(POSIX_FADV_DONTNEED), or direct I/O", OptionalLong.empty(),
          "a second read comes from disk"));
    }

    /** The root group counts the whole machine, and in a large group without a limit a small process hardly matters. */
    private static boolean isAboutOthers(Situation s, Scales.Group group, long usage) {
      return group.path().equals("/")
          || (group.limitBytes().isEmpty() && !s.thresholds().reaches(s.rss(), Threshold.PAGE_CACHE_OWN, usage));
    }
  }
}
