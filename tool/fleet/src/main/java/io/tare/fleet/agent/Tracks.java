package io.tare.fleet.agent;

import io.tare.capture.proc.ProcessFolder;
import io.tare.fleet.agent.Segment.Left;
import io.tare.history.live.Clocks;
import io.tare.history.live.LedgerTurns;
import io.tare.history.live.SteadyClock;
import io.tare.history.live.TargetWatch;
import io.tare.history.live.Weigher;
import io.tare.history.recording.Entry;
import io.tare.model.history.Ending;
import io.tare.model.history.RecordedProcess;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** The processes that are recorded now, and the segments they are written to: begun, gone on with, changed by the hour, sealed. */
final class Tracks {
  private final Map<Long, Track> byPid = new LinkedHashMap<>();
  /** What an earlier agent was writing, of processes that still run. */
  private final Map<Long, Left> resumable = new HashMap<>();
  private final AgentSettings settings;
  private final Around around;
  private final Weigher weigher = new Weigher();
  private Optional<String> noteForNext = Optional.empty();

  /** What all of them share. */
  record Around(Spool spool, NodeTurns turns, SteadyClock clock, AgentNumbers numbers, AgentLog log, String version,
      BooleanSupplier isEnding) {}

  Tracks(AgentSettings settings, Around around) {
    this.settings = settings;
    this.around = around;
  }

  /** Takes over what an earlier agent left: of processes that still run it is gone on with, the rest is sealed. */
  void recover() throws IOException {
    for (Left left : around.spool().left()) {
      RecordedProcess process = left.process().orElseThrow();
      boolean runs = process.boot().equals(Clocks.boot())
          && new ProcessFolder(ProcessFolder.LIVE_ROOT, process.pid()).identity()
              .filter(now -> !now.isZombie()).map(now -> now.startTicks() == process.startTicks()).orElse(false);
      if (runs && !left.hasEnded() && resumable.putIfAbsent(process.pid(), left) == null) {
        continue;
      }
      seal(left, runs);
    }
  }

  private void seal(Left left, boolean runs) throws IOException {
    Segment segment = Segment.goOn(left);
    if (!left.hasEnded() && !runs) {
      segment.accept(new Entry.Ended(Track.NUMBER, new Ending(around.clock().millis(), Ending.Cause.VANISHED, 0,
          "ended while no agent ran, after " + Instant.ofEpochMilli(left.lastMillis()) + "; how is not known")));
    }
    around.log().info("recovered", "file", String.valueOf(left.path().getFileName()), "torn-tail", "cut", "process",
        runs ? "runs" : "ended");
    around.spool().seal(segment);
  }

  /** This process is not meant any more: what an earlier agent wrote of it is all there will be. */
  void unclaimed(long pid) throws IOException {
    Left left = resumable.remove(pid);
    if (left != null) {
      seal(left, true);
    }
  }

  /** What was to be gone on with and was not. */
  void sealUnclaimed() throws IOException {
    for (Left left : resumable.values()) {
      seal(left, true);
    }
    resumable.clear();
  }

  /** Records that process from now on; false when it has ended meanwhile. */
  boolean add(RecordedProcess process, GroupNames groups, Map<String, String> labels) throws IOException {
    long now = around.clock().millis();
    LedgerTurns turns = around.turns().of(process);
    Optional<Left> left = Optional.ofNullable(resumable.remove(process.pid()))
        .filter(old -> old.process().filter(process::isSameProcess).isPresent());
    boolean goesOn = left.flatMap(old -> SegmentName.parse(String.valueOf(old.path().getFileName())))
        .filter(name -> period(name.beganMillis()) == period(now)).isPresent();
    if (left.isPresent() && !goesOn) {
      seal(left.get(), true);
    }
    Segment segment = goesOn ? Segment.goOn(left.orElseThrow()) : create(process, labels, now);
    Track track = new Track(process, groups, labels, turns, segment, period(now), around.numbers());
    track.accept(new Entry.Opened(now, around.version(), settings.interval().toMillis()));
    Optional<TargetWatch> watch = TargetWatch.open(Track.NUMBER, process, new TargetWatch.Around(_ -> turns, track,
        sentence -> around.log().warn("process", "service", track.service(), "words", sentence), around.isEnding(),
        weigher, around.clock(), false));
    if (watch.isEmpty()) {
      around.turns().forget(turns);
      if (goesOn) {
        around.spool().seal(segment);
      }
      return false;
    }
    track.accept(new Entry.Labelled(now, Track.NUMBER, labels));
    left.filter(_ -> goesOn).ifPresent(old -> track.note(now, old.isClosed()
        ? "the agent was stopped at " + Instant.ofEpochMilli(old.lastMillis()) + " and goes on now"
        : "the agent was cut off after " + Instant.ofEpochMilli(old.lastMillis()) + " and goes on now"));
    track.watchedBy(watch.get());
    noteForNext.ifPresent(sentence -> track.note(now, sentence));
    noteForNext = Optional.empty();
    byPid.put(process.pid(), track);
    around.numbers().starts.incrementAndGet();
    around.log().info("recorded", "service", track.service(), "pid", process.pid(), "name", process.label(), "pod",
        labels.getOrDefault("pod", "-"), "goes-on", goesOn);
    return true;
  }

  private Segment create(RecordedProcess process, Map<String, String> labels, long now) {
    return Segment
        .create(around.spool().place(SegmentName.of(process, labels.getOrDefault("service", process.label()), now)));
  }

  /** The stretch of time that a moment belongs to: the hour, usually. */
  private long period(long epochMillis) {
    return Math.floorDiv(epochMillis, settings.segment().toMillis());
  }

  /** Says how a process ended, and seals its segment. */
  void end(Track track) throws IOException {
    Ending ending = track.watch().ended(OptionalInt.empty(), Ending.Usage.UNKNOWN);
    byPid.remove(track.process().pid());
    around.turns().forget(track.turns());
    track.watch().close();
    around.numbers().ends.incrementAndGet();
    if (ending.cause() == Ending.Cause.OUT_OF_MEMORY) {
      around.numbers().oomKills.incrementAndGet();
    }
    around.log().info("ended", "service", track.service(), "pid", track.process().pid(), "how", ending.words());
    seal(track);
  }

  /** Ends a segment in an orderly way. The processor time in it is the whole agent's, in the time of the segment. */
  private void seal(Track track) throws IOException {
    long now = around.clock().millis();
    track.segment().accept(new Entry.Closed(now, Math.max(0, now - track.openedMillis()),
        Math.max(0, Clocks.processMillis() - track.usedBeforeMillis())));
    around.spool().seal(track.segment());
    count(track);
  }

  /** Begins new segments where their stretch of time is over. */
  void changeByTheHour(Optional<String> note) throws IOException {
    long now = around.clock().millis();
    for (Track track : byPid.values()) {
      if (track.period() != period(now)) {
        renew(track, now, note);
      }
    }
  }

  private void renew(Track track, long now, Optional<String> note) throws IOException {
    seal(track);
    track.goOnIn(create(track.process(), track.labels(), now), period(now),
        new Entry.Opened(now, around.version(), settings.interval().toMillis()));
    note.ifPresent(sentence -> track.note(now, sentence));
  }

  /** The clock was set: what has been written keeps its time, and new segments begin in the new one. */
  void clockWasSet(String sentence) throws IOException {
    byPid.values().forEach(track -> track.note(around.clock().millis(), sentence));
    for (Track track : byPid.values()) {
      seal(track);
    }
    around.clock().followWall();
    long now = around.clock().millis();
    for (Track track : byPid.values()) {
      track.goOnIn(create(track.process(), track.labels(), now), period(now),
          new Entry.Opened(now, around.version(), settings.interval().toMillis()));
      track.note(now, sentence);
    }
  }

  void label(WhoseProcess whose, boolean all) {
    long now = around.clock().millis();
    byPid.values().stream().filter(track -> all || track.takeRenamed())
        .forEach(track -> track.label(whose.labels(track.process(), track.groups()), now));
  }

  /** Writes what waits; where the disk is full, the oldest whole segments make room. */
  void flush() {
    boolean madeRoom = false;
    for (Track track : byPid.values()) {
      track.flush();
      if (track.segment().failure().isPresent() && !madeRoom) {
        madeRoom = around.spool().dropOldest();
        track.flush();
      }
      count(track);
    }
    around.spool().bound(byPid.values().stream().mapToLong(track -> track.segment().size()).sum());
    tellDropped();
  }

  private void count(Track track) {
    around.numbers().lostRecords.addAndGet(track.segment().takeNewlyLost());
    track.segment().failure().ifPresent(
        why -> around.log().error("spool-not-written", "why", why, "lost-records", around.numbers().lostRecords.get()));
  }

  /** In the data, too: whoever reads it should know that something is missing. */
  private void tellDropped() {
    List<Spool.Ready> dropped = around.spool().takeDropped();
    if (dropped.isEmpty()) {
      return;
    }
    long bytes = dropped.stream().mapToLong(Spool.Ready::bytes).sum();
    long total = around.numbers().dropped.addAndGet(dropped.size());
    around.numbers().droppedBytes.addAndGet(bytes);
    String sentence = dropped.size() + " segments of this node (" + bytes + " bytes), begun from "
        + Instant.ofEpochMilli(dropped.getFirst().name().beganMillis()) + " to "
        + Instant.ofEpochMilli(dropped.getLast().name().beganMillis())
        + ", were dropped before they could be delivered, for the spool was full; " + total + " since the agent began";
    around.log().error("dropped", "segments", dropped.size(), "bytes", bytes, "total", total, "why",
        "the spool is full and the place is away");
    Optional<Track> first = byPid.values().stream().findFirst();
    first.ifPresent(track -> track.note(around.clock().millis(), sentence));
    if (first.isEmpty()) {
      noteForNext = Optional.of(sentence);
    }
  }

  /** Ends all segments in an orderly way; the processes run on. */
  void close() throws IOException {
    for (Track track : byPid.values()) {
      seal(track);
    }
    sealUnclaimed();
  }

  Collection<Track> all() {
    return new ArrayList<>(byPid.values());
  }

  int size() {
    return byPid.size();
  }

  /** Whether the pid is one that an earlier agent was recording. */
  boolean isResumable(long pid) {
    return resumable.containsKey(pid);
  }
}
