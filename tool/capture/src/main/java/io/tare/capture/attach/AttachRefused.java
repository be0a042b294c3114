package io.tare.capture.attach;

/** The target is not asked, because asking could harm it, or because it does not answer. The message is a sentence for people. */
public final class AttachRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public AttachRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Why the target is not asked. */
  public enum Reason {
    /** Read from a captured tree, not from the running system. */
    NOT_LIVE,
    /** It ended, or its pid belongs to another process now. */
    GONE,
    /** No libjvm.so is mapped: the signal would end it. */
    NOT_HOTSPOT,
    /** Stopped by a signal or a debugger: it cannot answer. */
    STOPPED,
    ZOMBIE,
    /** It does not catch SIGQUIT (starting up, -Xrs): the signal would end it. */
    SIGNAL_NOT_CAUGHT,
    /** It is not up yet. */
    STARTING,
    /** -XX:+DisableAttachMechanism. */
    DISABLED,
    /** It keeps no performance data, so nothing tells whether attaching is disabled. */
    UNKNOWN_IF_ALLOWED,
    /** Another user's process. */
    OTHER_USER,
    /** The socket belongs to someone else. */
    FOREIGN_SOCKET,
    /** The file that tells the JVM to listen is there and belongs to someone else. */
    FOREIGN_TRIGGER,
    /** The file that tells the JVM to listen cannot be put where the JVM looks for it. */
    NO_PLACE_FOR_FILE,
    /** The JVM did not answer in time. */
    NO_ANSWER
  }
}
