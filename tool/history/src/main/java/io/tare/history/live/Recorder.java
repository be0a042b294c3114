package io.tare.history.live;

import io.tare.capture.CaptureException;
import io.tare.capture.CaptureException.Reason;
import io.tare.capture.Capturer;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.capture.proc.Watchdog;
import io.tare.capture.sample.ProcessChildren;
import io.tare.history.judge.AmountWords;
import io.tare.history.live.LedgerSchedule.LedgerRules;
import io.tare.history.recording.Entry;
import io.tare.model.history.Ending;
import io.tare.model.history.Ending.Usage;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records processes: a cheap reading of each every interval, ledgers when they are due, marks as they come. One thread writes it all
 * down; it sleeps in between, and a reading that hangs is left behind. Ends when all its processes have ended, when its time is over, or when it is told to.
 */
public final class Recorder {
  private static final int ROUNDS_PER_LOOK_AROUND = 5;
  private static final int DENSER = 5;
  private static final int MOST_SECONDS_TO_COLLECT = 10;

  private final RecorderOptions options;
  private final EntrySink sink;
  private final Consumer<String> tell;
  private final SteadyClock clock;
  private final TargetWatch.Around around;
  private final List<TargetWatch> watches = new ArrayList<>();
  private final Watchdog.Many newcomers = new Watchdog.Many(this::isEnding);
  private final List<MarkSource> markSources = new ArrayList<>();
  private final List<ProcessChildren> families = new ArrayList<>();
  private final List<Runnable> eachRound = new ArrayList<>();
  private final Map<Long, Child> children = new HashMap<>();
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean stopped;
  private volatile boolean lastRound;
  private boolean waitsForMore;
  private int nextNumber = 1;
  private int rounds;
  private boolean askedForLedger;

  /** @param tell is told of what the one who records should know, a sentence at a time */
  public Recorder(RecorderOptions options, EntrySink sink, Consumer<String> tell) {
    this(options, sink, tell, SteadyClock.ofMachine());
  }

  Recorder(RecorderOptions options, EntrySink sink, Consumer<String> tell, SteadyClock clock) {
    this.clock = clock;
    this.options = options;
    this.sink = sink;
    this.tell = tell;
    around = new TargetWatch.Around(process -> new LedgerSchedule(options.ledgers(), process.limitBytes()), sink, tell,
        this::isEnding, new Weigher(), clock,
        options.counting(), options.children(), options.tracing());
    sink.accept(new Entry.Opened(clock.millis(), options.version(), options.interval().toMillis()));
  }

  /** Numbers up to this one are taken by what an older part of the file holds. */
  public void numberAfter(int taken) {
    nextNumber = Math.max(nextNumber, taken + 1);
  }

  /** Who a pid is; throws when there is no such process. */
  public static RecordedProcess identify(long pid) throws CaptureException {
    return TargetWatch.identify(pid)
        .orElseThrow(() -> Capturer.unseen(new ProcessFolder(ProcessFolder.LIVE_ROOT, pid)));
  }

  /** Records that process too. */
  public void add(RecordedProcess process) throws CaptureException, IOException {
    add(process, nextNumber);
    nextNumber++;
  }

  /** Goes on with a process that an older part of the file knows by that number. */
  public void add(RecordedProcess process, int number) throws CaptureException, IOException {
    watches.add(TargetWatch.open(number, process, around)
        .orElseThrow(() -> new CaptureException(Reason.GONE, "process " + process.pid() + " has ended")));
    if (options.children()) {
      families.add(new ProcessChildren(ProcessFolder.LIVE_ROOT, process.pid()));
    }
  }

  /**
   * A process that this one has started.
   *
   * @param exit its exit code, or 128 and the signal's number, once it has ended
   * @param usage what it used, to be asked once it has ended
   */
  public record Child(long pid, CompletableFuture<Integer> exit, Supplier<Usage> usage) {}

  /** Records a process that this one has started: how it ends is known at once, and exactly. */
  public void addChild(Child child, RecordedProcess process) throws CaptureException, IOException {
    add(process);
    children.put(child.pid(), child);
    var _ = child.exit().thenRun(wake::release);
  }

  /** Tells of a child that ended before anything of it could be read. */
  public void addEnded(Child child, String label) {
    Ending ending = Endings.ofChild(clock.millis(), exitValue(child).orElse(0),
        new Endings.OomKills(Sample.UNKNOWN, Sample.UNKNOWN)).with(child.usage().get());
    RecordedProcess process = new RecordedProcess(child.pid(), 0, Clocks.boot(), label, "",
        OptionalLong.empty());
    sink.accept(new Entry.Target(ending.epochMillis(), nextNumber, process));
    sink.accept(new Entry.Ended(nextNumber++, ending));
    tell.accept(process.words() + " " + ending.words());
  }

  public void listenTo(MarkSource source) {
    markSources.add(source);
  }

  /** Goes on when all have ended: others are going to be added. */
  public void waitForMore() {
    waitsForMore = true;
  }

  /** Does this after each round. */
  public void eachRound(Runnable action) {
    eachRound.add(action);
  }

  /** Ends {@link #run} after one more round, which sees how it ended; may be called from any thread. */
  public void stopAfterRound() {
    lastRound = true;
    wake.release();
  }

  private boolean isEnding() {
    return stopped || lastRound;
  }

  /** Sets a mark for all that are recorded. */
  public synchronized void mark(Mark mark) {
    sink.accept(new Entry.Marked(Entry.ALL_TARGETS, mark.at(clock.steady(mark.at()))));
    watches.forEach(TargetWatch::marked);
  }

  /** Takes a ledger of each at the next round. */
  public void askForLedger() {
    askedForLedger = true;
  }

  /** Ends {@link #run} soon; may be called from any thread. */
  public void stop() {
    stopped = true;
    wake.release();
  }

  /**
   * Records until all have ended, or it is stopped, or the time is over.
   *
   * @param mostMillis 0 for no end
   */
  public void run(long mostMillis) throws IOException {
    long began = System.nanoTime();
    long processorBefore = Clocks.processMillis();
    long next = began;
    while (!stopped && (waitsForMore || !watches.isEmpty())) {
      boolean isLast = lastRound;
      round();
      if (isLast) {
        break;
      }
      long elapsedMillis = (System.nanoTime() - began) / 1_000_000;
      if (mostMillis > 0 && elapsedMillis >= mostMillis) {
        break;
      }
      boolean isBeginning = elapsedMillis < options.dense().toMillis();
      next = Math.max(next + options.interval().toNanos() / (isBeginning ? DENSER : 1), System.nanoTime());
      pause(next - System.nanoTime());
    }
    close((System.nanoTime() - began) / 1_000_000, Clocks.processMillis() - processorBefore);
  }

  private void pause(long nanos) {
    try {
      if (wake.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }

  private synchronized void round() throws IOException {
    markSources.forEach(source -> source.news().forEach(this::mark));
    if (askedForLedger) {
      askedForLedger = false;
      watches.forEach(TargetWatch::askForLedger);
    }
    for (TargetWatch watch : List.copyOf(watches)) {
      if (!stopped && !watch.round()) {
        end(watch);
      }
    }
    if (rounds++ % ROUNDS_PER_LOOK_AROUND == 0) {
      lookAround();
    }
    finishRound();
  }

  private void finishRound() {
    clock.step().ifPresent(this::sayStep);
    sink.flush();
    sink.news().forEach(tell);
    eachRound.forEach(Runnable::run);
  }

  private void sayStep(long millis) {
    String sentence = "the machine's clock was set " + (millis > 0 ? "forward" : "back") + " by "
        + AmountWords.time(Math.abs(millis) / 1e3) + "; the times of this recording go on as if it had not been";
    sink.accept(new Entry.Noted(clock.millis(), sentence));
    tell.accept(sentence);
  }

  private void lookAround() throws IOException {
    List<RecordedProcess> found = new ArrayList<>();
    for (ProcessChildren family : families) {
      for (ProcessIdentity child : family.news()) {
        identified(child).ifPresent(found::add);
      }
    }
    for (RecordedProcess process : found) {
      TargetWatch.open(nextNumber++, process, around).ifPresent(watches::add);
    }
    askedForLedger |= sink.lookAround();
  }

  private Optional<RecordedProcess> identified(ProcessIdentity child) {
    Optional<Optional<RecordedProcess>> found = newcomers.call(() -> TargetWatch.look(child.pid()));
    if (found.isEmpty()) {
      tell.accept("reading process " + child.pid() + " hangs; it is not recorded");
    }
    return found.flatMap(Function.identity());
  }

  private void end(TargetWatch watch) throws IOException {
    Child child = children.get(watch.process().pid());
    Ending ending = watch.ended(exitValue(child), child == null ? Usage.UNKNOWN : child.usage().get());
    watches.remove(watch);
    watch.close();
    tell.accept(watch.process().words() + " " + ending.words());
  }

  private static OptionalInt exitValue(@Nullable Child child) {
    try {
      return child == null
          ? OptionalInt.empty()
          : OptionalInt.of(child.exit().get(MOST_SECONDS_TO_COLLECT, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException unknown) {
      return OptionalInt.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  private void close(long wallMillis, long processorMillis) throws IOException {
    for (TargetWatch watch : watches) {
      tell.accept(watch.process().words() + " is still running; it is no longer recorded");
      watch.close();
    }
    sink.accept(new Entry.Closed(clock.millis(), wallMillis, processorMillis));
    sink.flush();
    sink.news().forEach(tell);
  }

  /**
   * How a process is recorded.
   *
   * @param interval from one cheap reading to the next
   * @param dense how long, from the beginning, readings come five times as often: for programs that end soon
   * @param children whether the processes that a target starts are recorded too
   * @param version of the tool, for the file
   * @param counting how long from one count of a process's objects to the next; zero for none
   * @param tracing whether what lives in a heap is traced while a leak verdict wants it
   */
  public record RecorderOptions(Duration interval, Duration dense, LedgerRules ledgers, boolean children,
      String version, Duration counting, boolean tracing) {
    public RecorderOptions(Duration interval, Duration dense, LedgerRules ledgers, boolean children, String version) {
      this(interval, dense, ledgers, children, version, Duration.ZERO, false);
    }

    /** The same, counting objects by class, type or function from time to time. */
    public RecorderOptions countingEvery(Duration every) {
      return new RecorderOptions(interval, dense, ledgers, children, version, every, tracing);
    }

    /** The same, asking for a full collection from time to time. */
    public RecorderOptions settling(Duration every) {
      return new RecorderOptions(interval, dense, ledgers.settling(every), children, version, counting,
          tracing);
    }
  }
}
