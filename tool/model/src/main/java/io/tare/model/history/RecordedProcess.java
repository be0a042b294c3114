package io.tare.model.history;

import java.util.OptionalLong;

/**
 * Who is recorded. Pid, start and boot together are one process and no other.
 *
 * @param startTicks when it started, in clock ticks since the machine did
 * @param boot which run of the machine
 * @param label what people call it: the main class or jar, else the command
 * @param runtime the kind of runtime, in words; empty while it was not known
 * @param limitBytes the tightest limit over it when the recording began
 */
public record RecordedProcess(long pid, long startTicks, String boot, String label, String runtime,
    OptionalLong limitBytes) {

  public boolean isSameProcess(RecordedProcess other) {
    return pid == other.pid && startTicks == other.startTicks && boot.equals(other.boot);
  }

  /** {@code orders.jar, pid 4711}. */
  public String words() {
    return label + ", pid " + pid;
  }
}
