package io.tare.history.live;

import io.tare.capture.cgroup.OwnGroup;
import io.tare.capture.marks.MarksReader;
import io.tare.capture.proc.Glances;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessGlance;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.capture.sample.ProcessSampler;
import io.tare.formats.marks.PageMark;
import io.tare.history.recording.Entry;
import io.tare.history.sampling.Endings;
import io.tare.history.sampling.LedgerRules;
import io.tare.history.sampling.LedgerSchedule;
import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.history.WeighingReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One recorded process: its open files, its marks, its next ledger. */
final class TargetWatch implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final String PAGE = "page";

  private final int number;
  private final RecordedProcess process;
  private final ProcessSampler sampler;
  private final MarksReader marks;
  private final LedgerSchedule schedule;
  private final EntrySink sink;
  private long oomKills = Sample.UNKNOWN;
  private int slowness = 1;

  private TargetWatch(int number, RecordedProcess process, ProcessSampler sampler, LedgerRules rules, EntrySink sink) {
    this.number = number;
    this.process = process;
    this.sampler = sampler;
    this.sink = sink;
    marks = new MarksReader(folder(process.pid()), SystemStart.wallMillis(process.startTicks()));
    schedule = new LedgerSchedule(rules, process.limitBytes());
  }

  private static ProcessFolder folder(long pid) {
    return new ProcessFolder(ProcessFolder.LIVE_ROOT, pid);
  }

  /** Who the process is, for a recording; empty when there is none. */
  static Optional<RecordedProcess> identify(long pid) {
    ProcessFolder folder = folder(pid);
    Optional<ProcessIdentity> identity = folder.identity();
    Optional<ProcessGlance> glance = Glances.one(folder);
    if (identity.isEmpty() || glance.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong limit = OwnGroup.of(folder, Path.of("/")).map(OwnGroup::limitBytes).orElse(OptionalLong.empty());
    return Optional.of(new RecordedProcess(pid, identity.get().startTicks(), SystemStart.boot(), glance.get().label(),
        glance.get().runtime().words(), limit));
  }

  /** Begins to watch a process, and tells the sink who it is; empty when it has ended. */
  static Optional<TargetWatch> open(int number, RecordedProcess process, LedgerRules rules, EntrySink sink)
      throws IOException {
    ProcessFolder folder = folder(process.pid());
    Optional<ProcessSampler> sampler = ProcessSampler.open(folder, OwnGroup.of(folder, Path.of("/")));
    boolean isSame = folder.identity().map(now -> now.startTicks() == process.startTicks()).orElse(false);
    if (sampler.isEmpty() || !isSame) {
      return Optional.empty();
    }
    sink.accept(new Entry.Target(System.currentTimeMillis(), number, process));
    return Optional.of(new TargetWatch(number, process, sampler.get(), rules, sink));
  }

  /** One round: its marks, its cheap reading, and a ledger when one is due. False once the process has ended. */
  boolean round() {
    long now = System.currentTimeMillis();
    for (PageMark mark : marks.news()) {
      Instant at = Instant.ofEpochSecond(0, mark.epochNanos());
      mark(new Mark(at, mark.label(), mark.items(), PAGE));
    }
    Optional<Sample> sample = sampler.sample(now);
    if (sample.isEmpty()) {
      return false;
    }
    if (sample.get().has(SampleColumn.RSS)) {
      sink.accept(new Entry.Sampled(number, sample.get()));
    }
    if (oomKills == Sample.UNKNOWN) {
      oomKills = sample.get().raw(SampleColumn.OOM_KILLS);
    }
    Optional<WeighingReason> due = schedule.due(sample.get());
    due.ifPresent(reason -> weigh(sample.get(), reason));
    return true;
  }

  void mark(Mark mark) {
    sink.accept(new Entry.Marked(number, mark));
    schedule.marked();
  }

  /** A mark that counts for all was set. */
  void marked() {
    schedule.marked();
  }

  void askForLedger() {
    schedule.asked();
  }

  private void weigh(Sample sample, WeighingReason reason) {
    // What is known so far goes to the file first: the process may die while it is weighed.
    sink.flush();
    // With what collecting garbage and compiling cost meanwhile.
    long began = ProcessorTime.processMillis();
    Optional<Weighing> weighing = Weigher.weigh(process.pid(), sample.epochMillis(), reason);
    weighing.ifPresent(found -> sink.accept(new Entry.Weighed(number, found)));
    schedule.taken(sample, (ProcessorTime.processMillis() - began) * NANOS_PER_MILLI);
    if (schedule.slowness() > slowness) {
      sink.accept(new Entry.Noted(sample.epochMillis(), "ledgers of " + process.words()
          + " cost more than their budget: they are taken " + schedule.slowness() + " times less often"));
    }
    slowness = schedule.slowness();
  }

  /** Tells how the process ended; {@code exitValue} when it was a child. */
  Ending ended(OptionalInt exitValue) {
    long now = System.currentTimeMillis();
    Endings.OomKills kills = new Endings.OomKills(oomKills, sampler.oomKills());
    Ending ending = exitValue.isPresent()
        ? Endings.ofChild(now, exitValue.getAsInt(), kills)
        : Endings.ofStranger(now, sampler.waitStatus(), kills);
    for (PageMark mark : marks.news()) {
      mark(new Mark(Instant.ofEpochSecond(0, mark.epochNanos()), mark.label(), mark.items(), PAGE));
    }
    sink.accept(new Entry.Ended(number, ending));
    return ending;
  }

  RecordedProcess process() {
    return process;
  }

  int number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    sampler.close();
    marks.close();
  }
}
