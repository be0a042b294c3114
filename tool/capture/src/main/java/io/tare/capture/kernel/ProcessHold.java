package io.tare.capture.kernel;

import io.tare.capture.kernel.LibC.Answer;
import java.io.IOException;

/**
 * A hold on one process (a pidfd): a signal sent through it reaches that very process or none, even when its pid is recycled
 * meanwhile. Kernels before 5.3 lack it; then the signal goes by pid.
 */
public final class ProcessHold implements AutoCloseable {
  public static final int SIGQUIT = 3;
  private static final int BY_PID = -1;

  private final long pid;
  private final int descriptor;

  private ProcessHold(long pid, int descriptor) {
    this.pid = pid;
    this.descriptor = descriptor;
  }

  public static ProcessHold open(long pid) throws IOException {
    Answer opened = SystemCall.PIDFD_OPEN.call(pid, 0);
    if (opened.unknownToKernel()) {
      return new ProcessHold(pid, BY_PID);
    }
    return new ProcessHold(pid, (int) opened.orThrow("cannot hold process " + pid));
  }

  /** Whether a recycled pid cannot be hit. */
  public boolean isExact() {
    return descriptor != BY_PID;
  }

  public void signal(int signal) throws IOException {
    Answer sent = isExact()
        ? SystemCall.PIDFD_SEND_SIGNAL.call(descriptor, signal, 0, 0)
        : SystemCall.KILL.call(pid, signal);
    sent.orThrow("cannot signal process " + pid);
  }

  @Override
  public void close() throws IOException {
    if (isExact()) {
      SystemCall.CLOSE.call(descriptor);
    }
  }
}
