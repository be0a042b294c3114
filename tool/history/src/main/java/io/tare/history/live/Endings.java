package io.tare.history.live;

import io.tare.model.history.Ending;
import io.tare.model.history.Ending.Cause;
import io.tare.model.history.Sample;
import java.util.Map;

/** Puts into words how a process ended, from what its parent, the kernel and its memory group tell. */
public final class Endings {
  private static final int SIGNALLED_FROM = 128;
  private static final int SIGKILL = 9;
  private static final int LARGEST_SIGNAL = 64;
  private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(1, "SIGHUP"), Map.entry(2, "SIGINT"),
      Map.entry(3, "SIGQUIT"), Map.entry(4, "SIGILL"), Map.entry(5, "SIGTRAP"), Map.entry(6, "SIGABRT"),
      Map.entry(7, "SIGBUS"), Map.entry(8, "SIGFPE"), Map.entry(SIGKILL, "SIGKILL"), Map.entry(10, "SIGUSR1"),
      Map.entry(11, "SIGSEGV"), Map.entry(12, "SIGUSR2"), Map.entry(13, "SIGPIPE"), Map.entry(14, "SIGALRM"),
      Map.entry(15, "SIGTERM"));

  private Endings() {}

  /**
   * How many processes the kernel had killed in the group for want of memory before, and after; {@link Sample#UNKNOWN} where that is
   * not known.
   */
  public record OomKills(long before, long after) {
    boolean counted() {
      return before != Sample.UNKNOWN && after != Sample.UNKNOWN && after > before;
    }

    boolean isKnown() {
      return before != Sample.UNKNOWN && after != Sample.UNKNOWN;
    }
  }

  /** Of a child: {@code exitValue} is its exit code, or 128 and the signal's number. */
  public static Ending ofChild(long atMillis, int exitValue, OomKills kills) {
    int signal = exitValue - SIGNALLED_FROM;
    if (signal > 0 && signal <= LARGEST_SIGNAL) {
      return signalled(atMillis, signal, kills);
    }
    return new Ending(atMillis, Cause.EXITED, exitValue, "ended by itself with exit code " + exitValue);
  }

  /** Of a stranger: {@code waitStatus} is what its parent will be told, or 0 when that is not known. */
  public static Ending ofStranger(long atMillis, long waitStatus, OomKills kills) {
    int signal = (int) (waitStatus & 0x7f);
    int code = (int) (waitStatus >> 8 & 0xff);
    if (signal != 0) {
      return signalled(atMillis, signal, kills);
    }
    if (code != 0) {
      return new Ending(atMillis, Cause.EXITED, code, "ended by itself with exit code " + code);
    }
    if (kills.counted()) {
      return new Ending(atMillis, Cause.OUT_OF_MEMORY, SIGKILL,
          "ended in the second in which the kernel killed a process of its group for want of memory");
    }
    return new Ending(atMillis, Cause.VANISHED, 0, "ended; how, only its parent is told"
        + (kills.isKnown() ? ", but the kernel killed nothing in its group for want of memory" : ""));
  }

  private static Ending signalled(long atMillis, int signal, OomKills kills) {
    String name = NAMES.getOrDefault(signal, "signal " + signal);
    if (signal == SIGKILL && kills.counted()) {
      return new Ending(atMillis, Cause.OUT_OF_MEMORY, signal,
          "killed by the kernel for want of memory (an OOM kill was counted in its group)");
    }
    String oom = signal == SIGKILL && kills.isKnown() ? "; the kernel counted no OOM kill in its group" : "";
    return new Ending(atMillis, Cause.SIGNALLED, signal, "killed by " + name + oom);
  }
}
