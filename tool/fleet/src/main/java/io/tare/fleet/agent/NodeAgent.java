package io.tare.fleet.agent;

import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.capture.proc.Watchdog;
import io.tare.fleet.agent.AgentPage.Now;
import io.tare.history.live.Clocks;
import io.tare.history.live.SteadyClock;
import io.tare.history.live.TargetWatch;
import io.tare.model.history.RecordedProcess;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The loop: looks for processes that have started, reads each that is recorded once an interval, and takes as many ledgers as the budget pays.
 * One thread does it all and sleeps in between. When the budget is not enough, both come less often; that is said in the log, in the metrics and
 * in the data.
 */
final class NodeAgent {
  private static final long LOOK_MILLIS = 10_000;
  private static final long FLUSH_MILLIS = 30_000;
  private static final long UNCLAIMED_MILLIS = 60_000;
  /** Cheap readings may take this part of the budget before they come less often; looking for newcomers that one; the rest is for ledgers. */
  private static final double PART_OF_READINGS = 0.3;
  private static final double PART_OF_LOOKING = 0.15;
  /** Beginning to record may run into debt, which ledgers pay back; but not without end. */
  private static final double MOST_DEBT_MILLIS = -2_000;
  private static final int MOST_BEGUN_AT_ONCE = 50;
  private static final long GRACE_MILLIS = 600;
  /** The first minutes are dearer: code that runs for the first time. */
  private static final long QUIET_MILLIS = 120_000;

  private final AgentSettings settings;
  private final Parts parts;
  private final NodeBudget budget;
  private final NodeTurns turns;
  private final Tracks tracks;
  private final Newcomers newcomers;
  private final SteadyClock clock;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean stopped;
  private final Pace readings;
  private final Pace looking;
  private double saidWait = 1;
  private long saidInterval;
  private long flushedMillis;
  private final long beganMillis = monotonicMillis();
  private int edition;

  /** What the agent works with. */
  record Parts(Spool spool, Delivery delivery, WhoseProcess whose, AgentNumbers numbers, AgentPage page, AgentLog log,
      String version) {}

  NodeAgent(AgentSettings settings, Parts parts, SteadyClock clock) {
    this.settings = settings;
    this.parts = parts;
    this.clock = clock;
    budget = new NodeBudget(settings.share(), Clocks::processMillis, System::nanoTime);
    turns = new NodeTurns(settings.every().toMillis(), NodeAgent::monotonicMillis);
    tracks = new Tracks(settings,
        new Tracks.Around(parts.spool(), turns, clock, parts.numbers(), parts.log(), parts.version(), this::isEnding));
    newcomers = new Newcomers(ProcessFolder.LIVE_ROOT, settings.leastAge().toMillis(), ProcessHandle.current().pid());
    saidInterval = settings.interval().toMillis();
    readings = new Pace(settings.interval().toMillis(), settings.share() * PART_OF_READINGS);
    looking = new Pace(Math.min(LOOK_MILLIS, settings.interval().toMillis()), settings.share() * PART_OF_LOOKING);
  }

  private static long monotonicMillis() {
    return System.nanoTime() / 1_000_000;
  }

  private boolean isEnding() {
    return stopped;
  }

  /** Ends {@link #run} soon; may be called from any thread. */
  void stop() {
    stopped = true;
    wake.release();
  }

  /** @param mostMillis 0 for no end */
  void run(long mostMillis) throws IOException, InterruptedException {
    long began = monotonicMillis();
    long usedBefore = Clocks.processMillis();
    tracks.recover();
    parts.delivery().start();
    long nextLook = began;
    long nextRound = began;
    while (!stopped && (mostMillis == 0 || monotonicMillis() - began < mostMillis)) {
      long now = monotonicMillis();
      if (now >= nextLook) {
        look();
        nextLook = now + looking.millis();
      }
      if (now >= nextRound && !stopped) {
        round();
        nextRound = now + readings.millis();
      }
      if (now - began > UNCLAIMED_MILLIS) {
        tracks.sealUnclaimed();
      }
      long end = mostMillis == 0 ? Long.MAX_VALUE : began + mostMillis;
      pause(Math.min(end, Math.min(nextLook, nextRound)) - monotonicMillis());
    }
    tracks.close();
    parts.delivery().finish(GRACE_MILLIS);
    parts.log().info("stopped", "processes", tracks.size(), "ledgers", parts.numbers().ledgers.get(), "delivered",
        parts.numbers().delivered.get(), "left-in-spool", parts.spool().segments(), "cpu-s",
        AgentLog.number((Clocks.processMillis() - usedBefore) / 1e3));
  }

  private void pause(long millis) throws InterruptedException {
    if (wake.tryAcquire(Math.max(0, millis), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  /** Looks for processes that have started, and begins with as many as can be paid. */
  private void look() throws IOException {
    parts.whose().refresh(monotonicMillis());
    long before = Clocks.processMillis();
    List<ProcessIdentity> ripe = newcomers.look(sinceStartMillis()).stream()
        .sorted(Comparator.comparing((ProcessIdentity one) -> !tracks.isResumable(one.pid()))).toList();
    looking.cost((double) (Clocks.processMillis() - before));
    Watchdog.Many watchdog = new Watchdog.Many(this::isEnding);
    int begun = 0;
    int leftOut = 0;
    int waiting = 0;
    for (ProcessIdentity one : ripe) {
      if (stopped) {
        return;
      }
      if (newcomers.isMeant(one) && tracks.size() >= settings.most()) {
        leftOut++;
      } else if (begun >= MOST_BEGUN_AT_ONCE || budget.availableMillis() < MOST_DEBT_MILLIS) {
        waiting++;
      } else {
        leftOut += begin(one, watchdog) ? 0 : 1;
        begun++;
      }
    }
    if (leftOut > 0 && parts.numbers().leftOut.get() == 0) {
      parts.log().warn("too-many-processes", "most", settings.most(), "left-out", leftOut, "do",
          "give --most N, or name fewer");
    }
    parts.numbers().leftOut.set(leftOut);
    parts.numbers().waiting.set(waiting);
  }

  /** Records that process, if it is meant; false when it is, and there are too many already. */
  private boolean begin(ProcessIdentity one, Watchdog.Many watchdog) throws IOException {
    GroupNames groups = WhoseProcess.groups(one.pid());
    Optional<RecordedProcess> found = Optional.empty();
    if (settings.rule().fits(groups) && mayFit(one, groups)) {
      Optional<Optional<RecordedProcess>> answer = watchdog.call(() -> TargetWatch.look(one.pid()));
      if (answer.isEmpty()) {
        newcomers.later(one, sinceStartMillis());
        parts.log().warn("hangs", "pid", one.pid(), "name", one.name(), "words",
            "reading it takes too long; it is tried again");
        return true;
      }
      found = answer.get();
    }
    if (found.isEmpty() || found.get().startTicks() != one.startTicks()) {
      newcomers.decided(one);
      tracks.unclaimed(one.pid());
      return true;
    }
    RecordedProcess process = withLimit(found.get(), groups);
    Map<String, String> labels = parts.whose().labels(process, groups);
    boolean isMeant = settings.rule().fits(Stream.of(one.name(), process.label()), labels);
    if (isMeant && tracks.size() >= settings.most()) {
      newcomers.meant(one);
      return false;
    }
    newcomers.decided(one);
    if (isMeant) {
      var _ = tracks.add(process, groups, labels);
    } else {
      tracks.unclaimed(one.pid());
    }
    return true;
  }

  /** What people call a process is another name than its own only where it is a JVM: looking closer at all others costs too much. */
  private boolean mayFit(ProcessIdentity one, GroupNames groups) {
    return one.name().equals("java")
        || new ProcessFolder(ProcessFolder.LIVE_ROOT, one.pid()).link("exe")
            .filter(program -> program.endsWith("/java")).isPresent()
        || settings.rule().fits(Stream.of(one.name()), parts.whose().labels(
            new RecordedProcess(one.pid(), one.startTicks(), "", one.name(), "", OptionalLong.empty()), groups));
  }

  private RecordedProcess withLimit(RecordedProcess process, GroupNames groups) {
    return process.limitBytes().isPresent()
        ? process
        : new RecordedProcess(process.pid(), process.startTicks(), process.boot(), process.label(), process.runtime(),
            parts.whose().limitBytes(groups));
  }

  private void round() throws IOException {
    clock.millis();
    Optional<Long> step = clock.step();
    if (step.isPresent()) {
      clockWasSet(step.get());
    }
    Optional<String> rarer = rarer();
    tracks.changeByTheHour(rarer);
    tracks.label(parts.whose(), edition != parts.whose().edition());
    edition = parts.whose().edition();
    turns.grant(budget.availableMillis());
    long before = Clocks.processMillis();
    for (Track track : tracks.all()) {
      if (stopped) {
        return;
      }
      if (!track.watch().round()) {
        newcomers.forget(Set.of(track.process().pid()));
        tracks.end(track);
      }
    }
    readings.cost(Clocks.processMillis() - before - turns.takeSpentMillis());
    // What was spent is taken off at once: else saving it up would end early where rounds are far apart.
    var _ = budget.availableMillis();
    long now = monotonicMillis();
    if (now - flushedMillis >= Math.min(FLUSH_MILLIS, settings.segment().toMillis())) {
      flushedMillis = now;
      tracks.flush();
    }
    parts.page()
        .show(new Now(settings.share(), tracks.size(), readings.millis(), settings.every().toMillis() / 1e3,
            turns.longestWait(),
            AgentPage.sums(tracks.all())));
  }

  private void clockWasSet(long byMillis) throws IOException {
    String sentence = "the machine's clock was set " + (byMillis > 0 ? "forward" : "back") + " by "
        + Math.round(Math.abs(byMillis) / 1e2) / 1e1
        + " s; what stands before this in a file of its own keeps its time";
    parts.numbers().clockSteps.incrementAndGet();
    parts.log().warn("clock-was-set", "by-s", byMillis / 1e3);
    tracks.clockWasSet(sentence);
  }

  /** What new segments say when the budget does not pay for all that was asked for; the log says it when it changes by half. */
  private Optional<String> rarer() {
    double wait = turns.longestWait();
    long interval = readings.millis();
    boolean isSettled = monotonicMillis() - beganMillis > QUIET_MILLIS;
    if (isSettled && (wait > Math.max(1.5, saidWait * 1.5) || interval > saidInterval * 3 / 2)) {
      saidWait = Math.max(1, wait);
      saidInterval = interval;
      parts.log().warn("rarer", "why", "the budget of " + settings.share() * 100 + " % of a processor is spent",
          "processes", tracks.size(),
          "longest-wait-for-a-ledger-s", Math.round(wait * settings.every().toSeconds()), "from-reading-to-reading-s",
          interval / 1e3);
    }
    return wait <= 1.5 && interval <= settings.interval().toMillis()
        ? Optional.empty()
        : Optional
            .of("the agent's budget of " + settings.share() * 100 + " % of a processor does not pay for a ledger each "
                + settings.every().toSeconds() + " s of " + tracks.size() + " processes: they come in turn, up to "
                + Math.round(wait * settings.every().toSeconds()) + " s apart; cheap readings each " + interval / 1e3
                + " s");
  }

  private static long sinceStartMillis() {
    return System.currentTimeMillis() - Clocks.wallMillis(0);
  }
}
