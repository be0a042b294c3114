package io.tare.ledger;

import io.tare.model.cgroup.CgroupReading;
import io.tare.model.cgroup.Level;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.ProcStatus;
import io.tare.model.proc.Smaps;
import io.tare.model.report.Scales;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Lays the kernel's counters side by side and itemises what lies between them. */
final class ScalesBuilder {
  private ScalesBuilder() {}

  static Scales of(Evidence evidence) {
    Optional<Smaps> smaps = evidence.smaps();
    Optional<ProcStatus> status = evidence.kernel().status();
    long rss = smaps.isPresent() ? smaps.get().total(MappingBytes::rss) : rssByStatus(evidence);
    OptionalLong pss = total(smaps, MappingBytes::pss);
    OptionalLong uss = total(smaps, MappingBytes::unique);
    OptionalLong swap = smaps.isPresent()
        ? total(smaps, MappingBytes::swap)
        : status.map(ProcStatus::swapBytes).orElse(OptionalLong.empty());
    Optional<Scales.Group> group = evidence.cgroup().flatMap(reading -> GroupScales.of(reading, evidence));
    List<Scales.Step> steps = new ArrayList<>(ownSteps(rss, pss, uss, smaps));
    evidence.cgroup().ifPresent(reading -> steps.addAll(GroupScales.steps(reading, evidence, rss)));
    return new Scales(rss, pss, uss, swap, status(status, "RssAnon"), status(status, "RssFile"),
        status(status, "RssShmem"),
        group, steps, Killer.sentence(rss, group, evidence));
  }

  private static long rssByStatus(Evidence evidence) {
    return evidence.kernel().status().map(ProcStatus::rssBytes).orElse(OptionalLong.empty())
        .orElseGet(() -> evidence.kernel().stat().map(stat -> stat.rssPages() * 4096).orElse(0L));
  }

  private static OptionalLong total(Optional<Smaps> smaps, java.util.function.ToLongFunction<MappingBytes> count) {
    return smaps.isPresent() ? OptionalLong.of(smaps.get().total(count)) : OptionalLong.empty();
  }

  private static OptionalLong status(Optional<ProcStatus> status, String key) {
    return status.map(s -> s.bytes(key)).orElse(OptionalLong.empty());
  }

  private static List<Scales.Step> ownSteps(long rss, OptionalLong pss, OptionalLong uss, Optional<Smaps> smaps) {
    if (smaps.isEmpty() || pss.isEmpty() || uss.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Scales.Step("RSS", "PSS", "other mappings' share of shared pages", pss.getAsLong() - rss),
        new Scales.Step("PSS", "USS", "this process's share of shared pages", uss.getAsLong() - pss.getAsLong()));
  }

  /** The tightest limit among a group and its parents. */
  static Optional<Level> tightest(CgroupReading reading) {
    return reading.levels().stream().filter(level -> level.limitBytes().isPresent())
        .min((a, b) -> Long.compare(a.limitBytes().getAsLong(), b.limitBytes().getAsLong()));
  }
}
