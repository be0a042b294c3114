package io.tare.ledger;

import io.tare.ledger.rules.Situation;
import io.tare.model.alloc.MallocReading;
import io.tare.model.capture.Capture;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.capture.Target;
import io.tare.model.cgroup.CgroupReading;
import io.tare.model.cgroup.Level;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import io.tare.model.proc.ResidentPages;
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
  private boolean malloc = true;

  private SampleEvidence(RuntimeKind runtime) {
    this.runtime = runtime;
  }

  public static SampleEvidence jvm() {
    return new SampleEvidence(RuntimeKind.HOTSPOT);
  }

  public static SampleEvidence nativeProgram() {
    return new SampleEvidence(RuntimeKind.NATIVE);
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

  public SampleEvidence withoutMalloc() {
    malloc = false;
    return this;
  }

  public Situation situation() {
    Ledger ledger = new Ledger(entries.stream().mapToLong(Entry::residentBytes).sum(), entries, 0);
    Evidence evidence = evidence();
    return new Situation(evidence, ledger, ScalesBuilder.of(evidence), NetFigure.of(ledger, evidence),
        HeapFigures.of(evidence));
  }

  private Evidence evidence() {
    Capture capture = new Capture(new Target(4711, 1, "test", runtime), Instant.EPOCH, 0, List.of(), Map.of());
    Optional<CgroupReading> cgroup = usage.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CgroupReading(2, List.of(new Level("/test", usage, limit, OptionalLong.empty(), OptionalLong.empty(),
                OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), groupStat)), List.of()));
    Jvm jvm = new Jvm(List.of(new JvmLayout("test", facts, List.of(), List.of(), List.of())), Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(), live);
    Evidence.Kernel kernel = new Evidence.Kernel(Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
        List.of(), Map.of());
    Optional<MallocReading> arenas = malloc ? Optional.of(new MallocReading(List.of(), List.of())) : Optional.empty();
    Evidence.Natives natives = new Evidence.Natives(arenas, List.of(), Optional.empty(), Optional.empty(), Map.of());
    return new Evidence(capture, Optional.empty(), ResidentPages.NONE, kernel, cgroup,
        runtime == RuntimeKind.HOTSPOT ? jvm : Jvm.NONE,
        natives, List.of(), List.of());
  }
}
