package io.tare.ledger;

import io.tare.model.cgroup.CgroupReading;
import io.tare.model.cgroup.Level;
import io.tare.model.proc.ProcStatus;
import io.tare.model.report.Scales;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The container's counters: what it charges, what it would give up under pressure, and how far the limit is. */
final class GroupScales {
  private GroupScales() {}

  static Optional<Scales.Group> of(CgroupReading reading, Evidence evidence) {
    if (reading.levels().isEmpty()) {
      return Optional.empty();
    }
    Level own = reading.levels().getFirst();
    Optional<Level> tightest = ScalesBuilder.tightest(reading);
    // The level that can kill: the headroom is counted where the limit stands.
    Level limiting = tightest.orElse(own);
    OptionalLong reclaimable = reclaimable(reading, limiting);
    OptionalLong limit = limiting.limitBytes();
    return Optional.of(new Scales.Group(reading.version(), own.path(), own.usageBytes(), workingSet(reading, own),
        kernel(reading, own), cache(reading, own), limit, limiting.path(), reclaimable, headroom(limiting, reclaimable),
        own.peakBytes(), own.oomKills(), others(reading, evidence)));
  }

  private static OptionalLong stat(CgroupReading reading, Level level, String name) {
    OptionalLong hierarchical = level.stat("total_" + name);
    return reading.version() == 1 && hierarchical.isPresent() ? hierarchical : level.stat(name);
  }

  static OptionalLong workingSet(CgroupReading reading, Level level) {
    OptionalLong inactive = stat(reading, level, "inactive_file");
    return level.usageBytes().isPresent() && inactive.isPresent()
        ? OptionalLong.of(Math.max(0, level.usageBytes().getAsLong() - inactive.getAsLong()))
        : OptionalLong.empty();
  }

  private static OptionalLong kernel(CgroupReading reading, Level level) {
    return level.kernelBytes().isPresent() ? level.kernelBytes() : stat(reading, level, "kernel");
  }

  static OptionalLong cache(CgroupReading reading, Level level) {
    return stat(reading, level, reading.version() == 1 ? "cache" : "file");
  }

  /** File pages, active or not, and what slab can shrink; dirty and shared-memory pages are not simply dropped. */
  private static OptionalLong reclaimable(CgroupReading reading, Level level) {
    OptionalLong active = stat(reading, level, "active_file");
    OptionalLong inactive = stat(reading, level, "inactive_file");
    if (active.isEmpty() || inactive.isEmpty()) {
      return OptionalLong.empty();
    }
    long dirty = stat(reading, level, reading.version() == 1 ? "dirty" : "file_dirty").orElse(0);
    long slab = stat(reading, level, "slab_reclaimable").orElse(0);
    return OptionalLong.of(Math.max(0, active.getAsLong() + inactive.getAsLong() - dirty) + slab);
  }

  private static OptionalLong headroom(Level level, OptionalLong reclaimable) {
    return level.limitBytes().isPresent() && level.usageBytes().isPresent() && reclaimable.isPresent()
        ? OptionalLong.of(level.limitBytes().getAsLong() - level.usageBytes().getAsLong() + reclaimable.getAsLong())
        : OptionalLong.empty();
  }

  private static List<String> others(CgroupReading reading, Evidence evidence) {
    long self = evidence.capture().target().pid();
    return reading.members().stream().filter(member -> member.pid() != self)
        .sorted((a, b) -> Long.compare(b.rssBytes(), a.rssBytes()))
        .map(member -> member.name() + " (" + member.pid() + "), RSS " + Words.bytes(member.rssBytes())).toList();
  }

  /** From RSS to what the group charges. Exact where the process is alone in its group; else the others' share is a step. */
  static List<Scales.Step> steps(CgroupReading reading, Evidence evidence, long rss) {
    if (reading.levels().isEmpty() || reading.levels().getFirst().usageBytes().isEmpty()) {
      return List.of();
    }
    Level own = reading.levels().getFirst();
    Optional<ProcStatus> status = evidence.kernel().status();
    OptionalLong anon = status.map(s -> s.bytes("RssAnon")).orElse(OptionalLong.empty());
    OptionalLong groupAnon = stat(reading, own, reading.version() == 1 ? "rss" : "anon");
    OptionalLong cache = cache(reading, own);
    if (anon.isEmpty() || groupAnon.isEmpty() || cache.isEmpty()) {
      return List.of();
    }
    long usage = own.usageBytes().getAsLong();
    long kernelAndRounding = usage - groupAnon.getAsLong() - cache.getAsLong();
    List<Scales.Step> steps = new ArrayList<>();
    steps.add(new Scales.Step("RSS", "usage",
        "file and shared pages of this process (counted as page cache, where first read)",
        anon.getAsLong() - rss));
    steps.add(new Scales.Step("RSS", "usage", "anonymous memory of the group's other processes",
        groupAnon.getAsLong() - anon.getAsLong()));
    steps.add(new Scales.Step("RSS", "usage", "page cache charged to the group, mapped or not", cache.getAsLong()));
    steps.add(new Scales.Step("RSS", "usage", "kernel memory: page tables, slab, sockets, stacks of the kernel",
        kernelAndRounding));
    OptionalLong workingSet = workingSet(reading, own);
    workingSet.ifPresent(
        set -> steps
            .add(new Scales.Step("usage", "working set", "inactive file pages, the first to be dropped", set - usage)));
    return List.copyOf(steps);
  }
}
