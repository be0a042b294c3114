package io.tare.capture;

/** No capture could be made. The message is for people: what, why, and what would unlock it. */
public final class CaptureException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public CaptureException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Why there is no capture. */
  public enum Reason {
    NO_SUCH_PROCESS,
    DENIED,
    GONE,
    /** It is the same process, and runs something else now. */
    OTHER_PROGRAM,
    KERNEL_THREAD,
    ZOMBIE,
    NOT_LINUX,
    /** A read never returned. */
    HANGS,
    /** A core file that is none, or of another kind of machine. */
    NOT_READABLE
  }
}
