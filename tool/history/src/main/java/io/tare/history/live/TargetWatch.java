package io.tare.history.live;

import io.tare.capture.CaptureException;
import io.tare.capture.CaptureException.Reason;
import io.tare.capture.cgroup.OwnGroup;
import io.tare.capture.glance.Glances;
import io.tare.capture.glance.ProcessGlance;
import io.tare.capture.marks.MarksReader;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.capture.proc.Watchdog;
import io.tare.capture.sample.ProcessSampler;
import io.tare.formats.marks.PageMark;
import io.tare.history.live.StandingLedger.Stillness;
import io.tare.history.recording.Entry;
import io.tare.model.history.Counting;
import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One recorded process: its open files, its marks, its next ledger. Whatever is read of it is read on another thread: when that hangs, the
 * process is left out until the reading ends, and nobody waits for it.
 */
public final class TargetWatch implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final String PAGE = "page";
  /** An ordinary round takes less than a millisecond. */
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(5);

  private final int number;
  private RecordedProcess process;
  private Optional<String> program;
  private final ProcessSampler sampler;
  private final MarksReader marks;
  private final LedgerTurns schedule;
  private final ObjectCounter counter;
  private final HeapTracer tracer;
  private OptionalLong reached = OptionalLong.empty();
  private final EntrySink sink;
  private final Around around;
  private Optional<Future<?>> hanging = Optional.empty();
  private Optional<StandingLedger> standing = Optional.empty();
  private long oomKills = Sample.UNKNOWN;
  private int slowness = 1;

  /**
   * What all that are recorded share.
   *
   * @param turns says of each process when its ledgers are due
   * @param tell is told what the one who records should know
   * @param isEnding whether the recorder is to end: then no reading is waited for much longer
   * @param counting how long from one count of its objects to the next; zero for none
   * @param family whether those that it starts are recorded too: what they share is then counted once
   * @param tracing whether what lives in a heap is traced while a leak verdict wants it
   */
  public record Around(Function<RecordedProcess, LedgerTurns> turns, EntrySink sink, Consumer<String> tell,
      BooleanSupplier isEnding, Weigher weigher, SteadyClock clock, Duration counting, boolean family,
      boolean tracing) {
    /** Without tracing heaps. */
    public Around(Function<RecordedProcess, LedgerTurns> turns, EntrySink sink, Consumer<String> tell,
        BooleanSupplier isEnding, Weigher weigher, SteadyClock clock, Duration counting, boolean family) {
      this(turns, sink, tell, isEnding, weigher, clock, counting, family, false);
    }
  }

  private TargetWatch(int number, RecordedProcess process, ProcessSampler sampler, Around around) {
    this.number = number;
    this.process = process;
    this.sampler = sampler;
    this.around = around;
    sink = around.sink();
    program = folder(process.pid()).link("exe");
    marks = new MarksReader(folder(process.pid()), Clocks.wallMillis(process.startTicks()));
    schedule = around.turns().apply(process);
    counter = new ObjectCounter(around.counting());
    tracer = new HeapTracer(around.tracing());
  }

  private static ProcessFolder folder(long pid) {
    return new ProcessFolder(ProcessFolder.LIVE_ROOT, pid);
  }

  /** Who the process is, for a recording; empty when there is none. */
  public static Optional<RecordedProcess> identify(long pid) throws CaptureException {
    Future<Optional<RecordedProcess>> reading = Watchdog.begin(() -> look(pid));
    if (!Watchdog.ends(reading, LOOK_LIMIT)) {
      throw new CaptureException(Reason.HANGS,
          "reading process " + pid + " hangs; given up after " + LOOK_LIMIT.toSeconds() + " s");
    }
    return Watchdog.result(reading, RuntimeException.class);
  }

  /** As {@link #identify}, on the caller's own thread. */
  public static Optional<RecordedProcess> look(long pid) {
    ProcessFolder folder = folder(pid);
    Optional<ProcessIdentity> identity = folder.identity();
    Optional<ProcessGlance> glance = Glances.one(folder);
    if (identity.isEmpty() || glance.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new RecordedProcess(pid, identity.get().startTicks(), Clocks.boot(), glance.get().label(),
        glance.get().runtime().words(), glance.get().limitBytes()));
  }

  /** Begins to watch a process, and tells the sink who it is; empty when it has ended. */
  public static Optional<TargetWatch> open(int number, RecordedProcess process, Around around)
      throws IOException {
    ProcessFolder folder = folder(process.pid());
    Optional<ProcessSampler> sampler = ProcessSampler.open(folder, OwnGroup.of(folder, Path.of("/")));
    boolean isSame = folder.identity().map(now -> now.startTicks() == process.startTicks()).orElse(false);
    if (sampler.isEmpty() || !isSame) {
      return Optional.empty();
    }
    if (around.family()) {
      sampler.get().readShared();
    }
    around.sink().accept(new Entry.Target(around.clock().millis(), number, process));
    return Optional.of(new TargetWatch(number, process, sampler.get(), around));
  }

  /** One round: its marks, its cheap reading, and a ledger when one is due. False once the process has ended. */
  public boolean round() {
    if (isHanging()) {
      return isThere();
    }
    long now = around.clock().millis();
    Optional<Look> look = guarded(LOOK_LIMIT, () -> new Look(marks.news(), sampler.sample(now), news()));
    if (look.isEmpty()) {
      return true;
    }
    look.get().marks().forEach(this::mark);
    look.get().became().ifPresent(this::became);
    Optional<Sample> sample = look.get().sample().map(this::withReached);
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
    if (!isHanging() && counter.isDue(now)) {
      count(sample.get());
    }
    if (!isHanging() && tracer.isDue(sample.get())) {
      trace(sample.get());
    }
    return true;
  }

  /** What was traced since the last reading goes with this one. */
  private Sample withReached(Sample sample) {
    if (reached.isEmpty() || !sample.has(SampleColumn.RSS)) {
      return sample;
    }
    long bytes = reached.getAsLong();
    reached = OptionalLong.empty();
    return sample.with(SampleColumn.OLD_REACHED, bytes);
  }

  /** What a round reads; no sample once the process has ended. */
  private record Look(List<PageMark> marks, Optional<Sample> sample, Optional<RecordedProcess> became) {}

  /** Who the process is by now, when another program has taken its place: a script that ends in {@code exec}. */
  private Optional<RecordedProcess> news() {
    Optional<String> now = folder(process.pid()).link("exe");
    if (now.isEmpty() || now.equals(program)) {
      return Optional.empty();
    }
    boolean isOther = program.isPresent();
    program = now;
    return isOther ? look(process.pid()).filter(other -> other.startTicks() == process.startTicks()) : Optional.empty();
  }

  private void became(RecordedProcess other) {
    say(process.words() + " has become " + other.label());
    process = other;
    sink.accept(new Entry.Target(around.clock().millis(), number, other));
    sampler.lookAgain();
    schedule.execed();
  }

  /** Reads something of the process; empty when that does not end. From then on the process is left alone until it does. */
  private <T> Optional<T> guarded(Duration limit, Callable<T> reading) {
    Future<T> begun = Watchdog.begin(reading);
    if (Watchdog.ends(begun, limit, around.isEnding())) {
      return Optional.of(Watchdog.result(begun, RuntimeException.class));
    }
    hanging = Optional.of(begun);
    if (!around.isEnding().getAsBoolean()) {
      say("reading " + process.words() + " hangs; it is not recorded until that ends");
    }
    return Optional.empty();
  }

  private boolean isHanging() {
    if (hanging.isPresent() && hanging.get().isDone()) {
      hanging = Optional.empty();
      say("reading " + process.words() + " hangs no longer; it is recorded again");
    }
    return hanging.isPresent();
  }

  private void say(String sentence) {
    sink.accept(new Entry.Noted(around.clock().millis(), sentence));
    around.tell().accept(sentence);
  }

  /** Asks the kernel only, which does not touch the process for that. */
  private boolean isThere() {
    return folder(process.pid()).identity().filter(now -> !now.isZombie())
        .map(now -> now.startTicks() == process.startTicks()).orElse(false);
  }

  private void mark(PageMark mark) {
    mark(new Mark(Instant.ofEpochSecond(0, mark.epochNanos()), mark.label(), mark.items(), PAGE));
  }

  void mark(Mark mark) {
    sink.accept(new Entry.Marked(number, mark.at(around.clock().steady(mark.at()))));
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
    long began = Clocks.processMillis();
    Optional<Weighing> weighing = guarded(Weigher.limit(reason), () -> ledger(sample, reason))
        .flatMap(Function.identity());
    weighing.ifPresent(found -> sink.accept(new Entry.Weighed(number, found)));
    schedule.tried(sample, (Clocks.processMillis() - began) * NANOS_PER_MILLI, weighing.isPresent());
    if (schedule.slowness() > slowness) {
      sink.accept(new Entry.Noted(sample.epochMillis(), "ledgers of " + process.words()
          + " cost more than their budget: they are taken " + schedule.slowness() + " times less often"));
    }
    slowness = schedule.slowness();
  }

  /** In turn, the last ledger counts again as long as it stands. */
  private Optional<Weighing> ledger(Sample sample, WeighingReason reason) {
    Optional<Stillness> now = Stillness.of(folder(process.pid()), sample);
    Optional<Weighing> stands = standing.filter(_ -> reason == WeighingReason.TURN)
        .flatMap(last -> last.at(sample.epochMillis(), now));
    if (stands.isPresent()) {
      return stands;
    }
    Optional<Weighing> fresh = around.weigher().weigh(process.pid(), sample.epochMillis(), reason);
    // What ran while it was weighed has run since: looked at was before.
    standing = fresh.flatMap(ledger -> now.map(before -> new StandingLedger(ledger, before)));
    return fresh;
  }

  private void count(Sample sample) {
    sink.flush();
    long began = Clocks.processMillis();
    Optional<Counting> counting = guarded(ObjectCounter.LIMIT,
        () -> ObjectCounter.count(process.pid(), sample.epochMillis())).flatMap(Function.identity());
    counting.ifPresent(found -> sink.accept(new Entry.Counted(number, found)));
    counter.took(sample.epochMillis(), (Clocks.processMillis() - began) * NANOS_PER_MILLI, counting.isPresent());
    around.weigher().giveBack();
    if (counter.hasGivenUp()) {
      say("the objects of " + process.words() + " can't be counted; 'tare who " + process.pid() + "' says why");
    }
  }

  private void trace(Sample sample) {
    sink.flush();
    long began = Clocks.processMillis();
    reached = guarded(HeapTracer.LIMIT, () -> HeapTracer.trace(process.pid())).orElse(OptionalLong.empty());
    tracer.took(sample, (Clocks.processMillis() - began) * NANOS_PER_MILLI, reached.isPresent());
    around.weigher().giveBack();
    if (tracer.hasJustGivenUp()) {
      say("what lives in the heap of " + process.words() + " can't be traced; 'tare who " + process.pid()
          + " --live' says why");
    }
  }

  private record Last(List<PageMark> marks, long oomKills) {}

  /** Tells how the process ended; {@code exitValue} and {@code usage} when it was a child. */
  public Ending ended(OptionalInt exitValue, Ending.Usage usage) {
    long now = around.clock().millis();
    Optional<Last> last = isHanging()
        ? Optional.empty()
        : guarded(LOOK_LIMIT, () -> new Last(marks.news(), sampler.oomKills()));
    Endings.OomKills kills = new Endings.OomKills(oomKills, last.map(Last::oomKills).orElse(Sample.UNKNOWN));
    Ending ending = exitValue.isPresent()
        ? Endings.ofChild(now, exitValue.getAsInt(), kills).with(usage)
        : Endings.ofStranger(now, sampler.waitStatus(), kills);
    last.ifPresent(found -> found.marks().forEach(this::mark));
    sink.accept(new Entry.Ended(number, ending));
    return ending;
  }

  public RecordedProcess process() {
    return process;
  }

  public int number() {
    return number;
  }

  /** What hangs can't be closed: closing would wait for it. */
  @Override
  public void close() throws IOException {
    if (!isHanging()) {
      sampler.close();
      marks.close();
    }
  }
}
