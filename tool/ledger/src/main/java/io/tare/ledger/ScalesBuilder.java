package io.tare.ledger;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.words.Words;
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
import java.util.function.ToLongFunction;

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
    if (evidence.isOfCore()) {
      OptionalLong unknown = OptionalLong.empty();
      return new Scales(rss, unknown, unknown, unknown, unknown, unknown, unknown, Optional.empty(), List.of(),
          "A core file tells nothing of memory groups and their limits, nor how much of it was in memory.");
    }
    Optional<Scales.Group> group = evidence.cgroup().flatMap(reading -> group(reading, evidence));
    List<Scales.Step> steps = new ArrayList<>(ownSteps(rss, pss, uss, smaps));
    evidence.cgroup().ifPresent(reading -> steps.addAll(groupSteps(reading, evidence, rss)));
    return new Scales(rss, pss, uss, swap, status(status, "RssAnon"), status(status, "RssFile"),
        status(status, "RssShmem"),
        group, steps, killer(rss, group, evidence));
  }

  private static long rssByStatus(Evidence evidence) {
    return evidence.kernel().status().map(ProcStatus::rssBytes).orElse(OptionalLong.empty())
        .orElseGet(() -> evidence.kernel().stat().map(stat -> stat.rssPages() * 4096).orElse(0L));
  }

  private static OptionalLong total(Optional<Smaps> smaps, ToLongFunction<MappingBytes> count) {
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

  // the memory group

  /** The container's counters: what it charges, what it would give up under pressure, and how far the limit is. */
  private static Optional<Scales.Group> group(CgroupReading reading, Evidence evidence) {
    if (reading.levels().isEmpty()) {
      return Optional.empty();
    }
    Level own = reading.levels().getFirst();
    Optional<Level> tightest = tightest(reading);
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

  private static OptionalLong workingSet(CgroupReading reading, Level level) {
    OptionalLong inactive = stat(reading, level, "inactive_file");
    return level.usageBytes().isPresent() && inactive.isPresent()
        ? OptionalLong.of(Math.max(0, level.usageBytes().getAsLong() - inactive.getAsLong()))
        : OptionalLong.empty();
  }

  private static OptionalLong kernel(CgroupReading reading, Level level) {
    return level.kernelBytes().isPresent() ? level.kernelBytes() : stat(reading, level, "kernel");
  }

  private static OptionalLong cache(CgroupReading reading, Level level) {
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
  private static List<Scales.Step> groupSteps(CgroupReading reading, Evidence evidence, long rss) {
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

  /** The tightest limit among a group and its parents. */
  private static Optional<Level> tightest(CgroupReading reading) {
    return reading.levels().stream().filter(level -> level.limitBytes().isPresent())
        .min((a, b) -> Long.compare(a.limitBytes().getAsLong(), b.limitBytes().getAsLong()));
  }

  /** Which number will kill this process, in a sentence. */
  private static String killer(long rss, Optional<Scales.Group> group, Evidence evidence) {
    if (group.isEmpty()) {
      return "No memory group could be read: whether a limit stands over this process can't be told.";
    }
    Scales.Group g = group.get();
    if (g.limitBytes().isEmpty()) {
      Long total = evidence.kernel().meminfo().get("MemTotal");
      String machine = total == null ? "the machine's memory" : "the machine's " + Words.bytes(total);
      return "No limit is set on its group: only " + machine + " bounds it, and there RSS (" + Words.bytes(rss)
          + ") plus swap ranks the victims.";
    }
    String limit = "The group's charge counts, against a limit of " + Words.bytes(g.limitBytes().getAsLong());
    if (g.headroomBytes().isEmpty()) {
      return limit + "; the headroom can't be told.";
    }
    return limit + ": before the kernel kills, " + Words.bytes(Math.max(0, g.headroomBytes().getAsLong()))
        + " more that can't be reclaimed may be charged.";
  }
}
