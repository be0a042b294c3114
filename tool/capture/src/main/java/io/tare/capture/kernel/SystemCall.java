package io.tare.capture.kernel;

import java.io.IOException;
import java.util.Locale;

/** Numbers of the system calls in use. Those above 400 are the same on every architecture. */
enum SystemCall {
  CLOSE(3, 57), IOCTL(16, 29), KILL(62, 129), OPENAT(257, 56), STATX(332, 291), PIDFD_SEND_SIGNAL(424, 424), PIDFD_OPEN(
      434, 434), OPENAT2(437, 437);

  private final int onX86;
  private final int onArm;

  SystemCall(int onX86, int onArm) {
    this.onX86 = onX86;
    this.onArm = onArm;
  }

  long number() throws IOException {
    return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> onX86;
      case "aarch64" -> onArm;
      default -> {
        if (onX86 != onArm) {
          throw new IOException("system call " + this + " has no known number on this architecture");
        }
        yield onX86;
      }
    };
  }

  LibC.Answer call(long... arguments) throws IOException {
    return LibC.systemCall(number(), arguments);
  }
}
