package io.tare.ledger.rules;

import static io.tare.ledger.Words.bytes;
import static io.tare.ledger.Words.share;

import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Scales;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Is the container's number mostly page cache? */
final class PageCache implements Rule {
  private static final String ID = "page-cache";

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
    if (isAboutOthers(group.get(), s.rss(), usage) || cache < Situation.SMALL || cache * 100.0 < usage * 30.0) {
      return new Verdict.No(ID, "Page cache is " + share(cache, usage) + " of the group's charge.", readings);
    }
    return new Verdict.Yes(ID, bytes(cache) + " of the group's " + bytes(usage)
        + " are page cache: files that were read or written, kept while nobody needs the room. They alone don't get a process killed.",
        strength(group.get(), cache, usage), readings,
        List.of(
            new Remedy("Watch the working set, or anonymous memory, instead of usage", "", OptionalLong.of(0), "none"),
            new Remedy("Don't keep what is read once", "posix_fadvise(POSIX_FADV_DONTNEED), or direct I/O",
                OptionalLong.of(cache),
                "a second read comes from disk")));
  }

  /** Only against a limit does the group's charge matter much. */
  private static Verdict.Strength strength(Scales.Group group, long cache, long usage) {
    if (group.limitBytes().isEmpty()) {
      return Verdict.Strength.LOW;
    }
    return cache * 2 > usage ? Verdict.Strength.HIGH : Verdict.Strength.MEDIUM;
  }

  /** The root group counts the whole machine, and in a large group without a limit a small process hardly matters. */
  private static boolean isAboutOthers(Scales.Group group, long rss, long usage) {
    return group.path().equals("/") || (group.limitBytes().isEmpty() && rss * 10.0 < usage);
  }
}
