package io.tare.capture;

import io.tare.capture.CaptureException.Reason;
import io.tare.capture.kernel.LibC;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.capture.proc.Watchdog;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** Takes a {@link Capture} of a live process. */
public final class Capturer {
  private static final Pattern HIDING = Pattern.compile(" - proc .*\\bhidepid=(?!0|off)");
  private static final int MOST_TRIES = 3;
  private static final int EXEC_MILLIS = 20;

  private final List<MemoryWalk> memoryWalks;

  public Capturer() {
    this(MemoryWalk.ALL);
  }

  public Capturer(List<MemoryWalk> memoryWalks) {
    this.memoryWalks = List.copyOf(memoryWalks);
  }

  /**
   * Reads the process once, or anew where it became another program meanwhile. What the kernel refuses is missing from the capture
   * and says why; only when there is nothing to read at all, or when the process never stays the same program, there is no capture.
   */
  public Capture capture(long pid, CaptureOptions options, Progress progress) throws CaptureException {
    AtomicReference<String> step = new AtomicReference<>(ArtifactNames.STAT);
    Progress told = what -> {
      step.set(what);
      progress.step(what);
    };
    Future<Capture> reading = Watchdog.begin(() -> read(pid, options, told));
    if (!Watchdog.ends(reading, options.limit())) {
      throw new CaptureException(Reason.HANGS,
          "reading " + file(String.valueOf(step.get())) + " of process " + pid + " hangs; given up after "
              + options.limit().toSeconds() + " s");
    }
    return Watchdog.result(reading, CaptureException.class);
  }

  private static String file(String artifact) {
    return artifact.substring(artifact.lastIndexOf('/') + 1);
  }

  /** As {@link #capture}, on the caller's own thread, which hangs where a read of the target does. */
  public Capture read(long pid, CaptureOptions options, Progress progress) throws CaptureException {
    ProcessFolder folder = new ProcessFolder(options.procRoot(), pid);
    LibC.prepare();
    for (int tries = 1;; tries++) {
      ProcessIdentity target = readable(folder);
      try {
        return new CaptureRun(folder, target, options, progress).take(memoryWalks);
      } catch (CaptureException became) {
        if (became.reason() != Reason.OTHER_PROGRAM || tries == MOST_TRIES) {
          throw became;
        }
        pauseUntilItHasItsMemory();
      }
    }
  }

  private static void pauseUntilItHasItsMemory() {
    try {
      Thread.sleep(EXEC_MILLIS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static ProcessIdentity readable(ProcessFolder folder) throws CaptureException {
    if (!Files.isDirectory(folder.procRoot().resolve("self")) && folder.isLive()) {
      String system = System.getProperty("os.name", "this system").toLowerCase(Locale.ROOT);
      throw new CaptureException(Reason.NOT_LINUX, system.contains("linux")
          ? "/proc is not mounted, and everything about a process is read from there; mount it"
          : "processes can be read on Linux only; captures can be opened anywhere");
    }
    ProcessIdentity target = folder.identity().orElseThrow(() -> unseen(folder));
    if (target.isZombie()) {
      throw new CaptureException(Reason.ZOMBIE, "process " + folder.pid() + " has ended and holds no memory any more;"
          + " it waits for its parent, process " + target.parent() + ", to collect it");
    }
    if (target.isKernelThread()) {
      throw new CaptureException(Reason.KERNEL_THREAD,
          folder.pid() + " is a thread of the kernel, which has no memory of its own");
    }
    return target;
  }

  /** Where /proc hides the processes of others, "not there" cannot be told from "not allowed". */
  public static CaptureException unseen(ProcessFolder folder) {
    boolean hidden = new ProcessFolder(folder.procRoot(), ProcessHandle.current().pid()).text("mountinfo").orElse("")
        .lines().anyMatch(line -> HIDING.matcher(line).find());
    return hidden
        ? new CaptureException(Reason.DENIED, "process " + folder.pid() + " is not there or not yours: /proc is mounted"
            + " with hidepid, so it takes root to see other users' processes")
        : new CaptureException(Reason.NO_SUCH_PROCESS, "there is no process " + folder.pid());
  }
}
