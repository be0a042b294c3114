package io.tare.cases.faults.overtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The usual life of a service: garbage at once, and sessions that live for a while, so that collections of young and of old
 * objects run all the time.
 */
final class Requests {
  private static final int SESSION = 4 << 10;
  private static final int BASE = 6 << 20;
  private static final double SESSIONS_PER_MINUTE = (36 << 20) / (double) SESSION;
  private static final double SESSION_MINUTES = 0.2;
  private static final double GARBAGE_PER_SECOND = 10 << 20;

  private final List<byte[]> base = new ArrayList<>();
  private final Deque<byte[]> sessions = new ArrayDeque<>();
  private long begun;
  private double garbage;
  private long checksum;

  Requests() {
    for (int bytes = 0; bytes < BASE; bytes += SESSION) {
      base.add(new byte[SESSION]);
    }
  }

  void reach(double minute, double seconds) {
    for (; begun < minute * SESSIONS_PER_MINUTE; begun++) {
      sessions.add(new byte[SESSION]);
      if (sessions.size() > SESSION_MINUTES * SESSIONS_PER_MINUTE) {
        sessions.poll();
      }
    }
    for (; garbage < seconds * GARBAGE_PER_SECOND; garbage += SESSION) {
      checksum += new byte[SESSION].length;
    }
  }

  long checksum() {
    return checksum + base.size();
  }
}
