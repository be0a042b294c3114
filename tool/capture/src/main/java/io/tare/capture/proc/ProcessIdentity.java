package io.tare.capture.proc;

import java.util.List;
import java.util.Optional;

/**
 * What {@code /proc/PID/stat} tells of who a process is: {@code 4711 (a name) S 1 4711 …}. Start time is in ticks since boot:
 * another start time under the same pid is another process.
 *
 * @param image where its program was put, as the kernel prints it: each start of a program, also of the same one, puts it
 *     elsewhere. Whom the kernel tells no addresses reads constants.
 */
public record ProcessIdentity(long pid, String name, char state, long parent, long flags, long startTicks,
    long virtualBytes, long residentPages, String image) {
  private static final long EXITING = 0x4;
  private static final long KERNEL_THREAD = 0x200000;
  private static final int FIELDS_NEEDED = 22;
  /** Start and end of the code, and the start of the stack. */
  private static final int IMAGE = 23;
  private static final int AFTER_IMAGE = 26;

  public static Optional<ProcessIdentity> parse(String stat) {
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    if (open < 1 || close < open) {
      return Optional.empty();
    }
    String[] fields = stat.substring(close + 1).strip().split(" ", AFTER_IMAGE + 1);
    if (fields.length < FIELDS_NEEDED || fields[0].length() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ProcessIdentity(Long.parseLong(stat.substring(0, open).strip()),
          stat.substring(open + 1, close), fields[0].charAt(0), Long.parseLong(fields[1]),
          Long.parseLong(fields[6]), Long.parseLong(fields[19]), Long.parseUnsignedLong(fields[20]),
          Long.parseLong(fields[21]), image(fields)));
    } catch (NumberFormatException notStat) {
      return Optional.empty();
    }
  }

  private static String image(String[] fields) {
    return fields.length < AFTER_IMAGE ? "" : String.join(" ", List.of(fields).subList(IMAGE, AFTER_IMAGE));
  }

  public boolean isZombie() {
    return state == 'Z' || state == 'X' || state == 'x';
  }

  /** On its way out: its memory may be gone already, though it is no zombie yet. */
  public boolean isExiting() {
    return (flags & EXITING) != 0;
  }

  /** Stopped by a signal or a debugger. */
  public boolean isStopped() {
    return state == 'T' || state == 't';
  }

  public boolean isKernelThread() {
    return (flags & KERNEL_THREAD) != 0;
  }

  public boolean isSameProcess(ProcessIdentity other) {
    return pid == other.pid && startTicks == other.startTicks;
  }

  /** The same process has not begun a program anew. */
  public boolean hasSameImage(ProcessIdentity other) {
    return image.equals(other.image);
  }
}
