package io.tare.ledger;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.rules.Rules;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Thresholds;
import io.tare.ledger.runtimes.go.Go;
import io.tare.ledger.runtimes.hotspot.Jvm;
import io.tare.ledger.runtimes.natives.Natives;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.capture.Target;
import io.tare.model.cgroup.CgroupReading;
import io.tare.model.cgroup.Level;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.PerfData;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Task;
import io.tare.model.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Builds readings for tests of the rules: {@code Readings.jvm().account(HEAP_IDLE, 300).fact("heap.max", 1024)}; sizes in MB. */
public final class SampleEvidence {
  private static final long MB = 1 << 20;

  private final RuntimeKind runtime;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, String> facts = new HashMap<>();
  private final Map<String, Long> groupStat = new HashMap<>();
  private OptionalLong usage = OptionalLong.empty();
  private OptionalLong limit = OptionalLong.empty();
  private OptionalLong live = OptionalLong.empty();
  private final Map<String, Artifact> refused = new HashMap<>();
  private long unexplained;
  private boolean malloc = true;
  private long arenaFree;
  private Thresholds thresholds = Thresholds.DEFAULT;
  private final Map<String, Object> counters = new HashMap<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<CgroupReading.Member> members = new ArrayList<>(
      List.of(new CgroupReading.Member(4711, "test", 999 * MB)));

  private SampleEvidence(RuntimeKind runtime) {
    this.runtime = runtime;
  }

  public static SampleEvidence jvm() {
    return new SampleEvidence(RuntimeKind.HOTSPOT);
  }

  public static SampleEvidence nativeProgram() {
    return new SampleEvidence(RuntimeKind.NATIVE);
  }

  public static SampleEvidence goProgram() {
    return new SampleEvidence(RuntimeKind.GO);
  }

  public SampleEvidence account(Account account, long megabytes) {
    entries.add(new Entry(account, "", megabytes * MB, Confidence.MEASURED, "test"));
    return this;
  }

  public SampleEvidence size(String fact, long megabytes) {
    facts.put(fact, Long.toString(megabytes * MB));
    return this;
  }

  public SampleEvidence fact(String fact, String value) {
    facts.put(fact, value);
    return this;
  }

  public SampleEvidence group(long usageMegabytes, long limitMegabytes, long fileMegabytes) {
    usage = OptionalLong.of(usageMegabytes * MB);
    limit = limitMegabytes > 0 ? OptionalLong.of(limitMegabytes * MB) : OptionalLong.empty();
    groupStat.put("file", fileMegabytes * MB);
    groupStat.put("active_file", 0L);
    groupStat.put("inactive_file", fileMegabytes * MB);
    groupStat.put("file_dirty", 0L);
    return this;
  }

  public SampleEvidence liveAfterGc(long megabytes) {
    live = OptionalLong.of(megabytes * MB);
    return this;
  }

  /** Whole free pages of malloc's only arena. */
  public SampleEvidence wholeFreePages(long megabytes) {
    arenaFree = megabytes;
    return this;
  }

  public SampleEvidence withoutMalloc() {
    malloc = false;
    return this;
  }

  /** A counter of hsperfdata. */
  public SampleEvidence perf(String name, long value) {
    counters.put(name, value);
    return this;
  }

  public SampleEvidence unexplained(long megabytes) {
    unexplained = megabytes * MB;
    return this;
  }

  /** An artefact that the kernel refused. */
  public SampleEvidence refusing(String artifact) {
    refused.put(artifact, Artifact.missing(artifact, Outcome.DENIED, "refused"));
    return this;
  }

  public SampleEvidence threads(int many) {
    for (int tid = 1; tid <= many; tid++) {
      tasks.add(new Task(tid, "t", 'S'));
    }
    return this;
  }

  /** Another process of the group. */
  public SampleEvidence neighbour(long megabytes) {
    members.add(new CgroupReading.Member(4712, "other", megabytes * MB));
    return this;
  }

  public SampleEvidence with(Thresholds own) {
    thresholds = own;
    return this;
  }

  /** A rule's own answer, among all rules that a report asks. */
  public Verdict verdict(String rule) {
    return Rules.judge(KnownRuntimes.rules(), situation()).stream().filter(v -> v.rule().equals(rule)).findFirst()
        .orElseThrow();
  }

  public List<Verdict> verdicts() {
    return Rules.judge(KnownRuntimes.rules(), situation());
  }

  public Situation situation() {
    Ledger ledger = new Ledger(entries.stream().mapToLong(Entry::residentBytes).sum() + unexplained, entries,
        unexplained);
    Evidence evidence = evidence();
    return new Situation(evidence, ledger, List.of(), ScalesBuilder.of(evidence), NetFigure.of(ledger, evidence),
        thresholds);
  }

  private Evidence evidence() {
    Capture capture = new Capture(new Target(4711, 1, "test", runtime), Instant.EPOCH, 0, List.of(), refused);
    Optional<CgroupReading> cgroup = usage.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CgroupReading(2, List.of(new Level("/test", usage, limit, OptionalLong.empty(), OptionalLong.empty(),
                OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), groupStat)), members));
    Jvm jvm = new Jvm(List.of(new JvmLayout("test", facts, List.of(), List.of(), List.of())),
        counters.isEmpty() ? Optional.empty() : Optional.of(new PerfData(counters)), Optional.empty(),
        OptionalLong.empty(), live);
    Evidence.Kernel kernel = new Evidence.Kernel(Optional.empty(), Optional.empty(), Optional.empty(), tasks,
        List.of(), Map.of(), List.of());
    Optional<MallocReading> arenas = malloc
        ? Optional.of(new MallocReading(
            List.of(new MallocReading.Arena(1, true, 0, 0, 0, arenaFree * MB, true, List.of())), List.of()))
        : Optional.empty();
    Natives.Facts natives = new Natives.Facts(arenas, List.of(), Map.of(), List.of());
    return new Evidence(capture, Optional.empty(), ResidentPages.NONE, kernel, cgroup,
        Map.of(Jvm.class, runtime == RuntimeKind.HOTSPOT ? jvm : Jvm.NONE, Natives.Facts.class, natives, Go.Facts.class,
            new Go.Facts(new RuntimeFacts(runtime == RuntimeKind.GO ? facts : Map.of(), List.of()))),
        List.of(),
        List.of());
  }
}
