package io.tare.fleet.agent;

import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds processes that have started. A look costs the list of pids, and one small file for each that is new; who ends within his first seconds
 * costs no more than that. A pid that is used again is told by the time of its start.
 */
final class Newcomers {
  private static final long TICKS_PER_SECOND = 100;
  private static final long LOOK_AGAIN_MILLIS = 60_000;
  private static final long TRY_AGAIN_MILLIS = 15_000;

  private final Path procRoot;
  private final long leastAgeMillis;
  private final long ownPid;
  private final Map<Long, Seen> seen = new HashMap<>();
  private final Map<Long, Long> pausedUntil = new HashMap<>();
  private long lookedAgainMillis;

  /** What is known of a process. */
  private enum State {
    /** Nothing was decided yet. */
    NEW,
    /** It is to be recorded once there is room. */
    MEANT,
    /** It is recorded, or it is not meant. */
    DECIDED
  }

  private record Seen(long startTicks, String name, State state) {
    boolean isDecided() {
      return state == State.DECIDED;
    }
  }

  Newcomers(Path procRoot, long leastAgeMillis, long ownPid) {
    this.procRoot = procRoot;
    this.leastAgeMillis = leastAgeMillis;
    this.ownPid = ownPid;
  }

  /**
   * Those that are old enough and about which nothing was decided yet, the oldest first.
   *
   * @param nowMillis since the machine's start, sleep included, as starts of processes are told
   */
  List<ProcessIdentity> look(long nowMillis) {
    List<Long> pids = pids();
    Set<Long> there = new HashSet<>(pids);
    seen.keySet().retainAll(there);
    pausedUntil.keySet().retainAll(there);
    if (nowMillis - lookedAgainMillis >= LOOK_AGAIN_MILLIS) {
      lookedAgainMillis = nowMillis;
      lookAgain();
    }
    List<ProcessIdentity> ripe = new ArrayList<>();
    for (long pid : pids) {
      Seen known = seen.get(pid);
      if (pid == ownPid || nowMillis < pausedUntil.getOrDefault(pid, 0L)
          || (known != null && (known.isDecided() || !isOld(known.startTicks(), nowMillis)))) {
        continue;
      }
      identity(pid).ifPresent(found -> {
        boolean isNobody = found.isKernelThread() || found.isZombie();
        State state = known != null && known.startTicks() == found.startTicks() ? known.state() : State.NEW;
        seen.put(pid, new Seen(found.startTicks(), found.name(), isNobody ? State.DECIDED : state));
        if (!isNobody && isOld(found.startTicks(), nowMillis)) {
          ripe.add(found);
        }
      });
    }
    ripe.sort(Comparator.comparingLong(ProcessIdentity::startTicks));
    return ripe;
  }

  /** Those that were decided may have become others meanwhile: another process under the pid, another program in it. */
  private void lookAgain() {
    for (Map.Entry<Long, Seen> one : Map.copyOf(seen).entrySet()) {
      Seen was = one.getValue();
      boolean isOther = was.isDecided() && identity(one.getKey())
          .map(now -> now.startTicks() != was.startTicks() || !now.name().equals(was.name())).orElse(true);
      if (isOther) {
        seen.remove(one.getKey());
      }
    }
  }

  private Optional<ProcessIdentity> identity(long pid) {
    return new ProcessFolder(procRoot, pid).identity();
  }

  private boolean isOld(long startTicks, long nowMillis) {
    return nowMillis - startTicks * (1000 / TICKS_PER_SECOND) >= leastAgeMillis;
  }

  private List<Long> pids() {
    String[] names = new File(procRoot.toString()).list();
    List<Long> pids = new ArrayList<>();
    for (String name : names == null ? new String[0] : names) {
      if (!name.isEmpty() && name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
        pids.add(Long.parseLong(name));
      }
    }
    return pids;
  }

  /** This one is recorded, or not meant: it comes no more. */
  void decided(ProcessIdentity process) {
    seen.put(process.pid(), new Seen(process.startTicks(), process.name(), State.DECIDED));
  }

  /** Nothing could be decided about this one now: it comes again after some seconds. */
  void later(ProcessIdentity process, long nowMillis) {
    pausedUntil.put(process.pid(), nowMillis + TRY_AGAIN_MILLIS);
  }

  /** This one is to be recorded, but there are too many already: it comes again. */
  void meant(ProcessIdentity process) {
    seen.put(process.pid(), new Seen(process.startTicks(), process.name(), State.MEANT));
  }

  boolean isMeant(ProcessIdentity process) {
    Seen known = seen.get(process.pid());
    return known != null && known.state() == State.MEANT;
  }

  /** These have ended, as far as anybody knows: whoever has their pids is new. */
  void forget(Set<Long> pids) {
    seen.keySet().removeAll(pids);
  }
}
