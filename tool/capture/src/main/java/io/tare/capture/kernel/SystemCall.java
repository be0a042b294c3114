package io.tare.capture.kernel;

import io.tare.capture.kernel.LibC.Answer;
import java.io.IOException;
import java.util.Locale;

/** Numbers of the system calls in use. Those above 400 are the same on every architecture. */
enum SystemCall {
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  LSEEK(8, 62),
  IOCTL(16, 29),
  SOCKET(41, 198),
  CONNECT(42, 203),
  SENDTO(44,
      206),
  GETSOCKOPT(55, 209),
  WAIT4(61, 260),
  KILL(62, 129),
  FCHMOD(91, 52),
  GETRUSAGE(98, 165),
  SETGROUPS(116, 159),
  SETRESUID(117, 147),
  SETRESGID(119,
      149),
  SETFSUID(122, 151),
  SETFSGID(123, 152),
  CAPSET(126, 91),
  PRCTL(157, 167),
  GETDENTS64(217, 61),
  CLOCK_GETTIME(228, 113),
  OPENAT(257,
      56),
  MKDIRAT(258, 34),
  UNLINKAT(263, 35),
  PPOLL(271, 73),
  PIPE2(293, 59),
  STATX(332,
      291),
  PIDFD_SEND_SIGNAL(424, 424),
  PIDFD_OPEN(434, 434),
  OPENAT2(437, 437),
  FACCESSAT2(439, 439);

  /** {@code CLOCK_THREAD_CPUTIME_ID}. */
  static final long CLOCK_OF_THIS_THREAD = 3;

  private final int onX86;
  private final int onArm;

  SystemCall(int onX86, int onArm) {
    this.onX86 = onX86;
    this.onArm = onArm;
  }

  private enum Architecture {
    X86, ARM, OTHER;

    static final Architecture OURS = switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> X86;
      case "aarch64" -> ARM;
      default -> OTHER;
    };
  }

  long number() throws IOException {
    return switch (Architecture.OURS) {
      case X86 -> onX86;
      case ARM -> onArm;
      case OTHER -> {
        if (onX86 != onArm) {
          throw new IOException("system call " + this + " has no known number on this architecture");
        }
        yield onX86;
      }
    };
  }

  Answer call(long... arguments) throws IOException {
    return LibC.systemCall(number(), arguments);
  }

  /** What {@code open} takes; two of its flags have other values on ARM. */
  static final class Open {
    static final long READ_ONLY = 0;
    static final long WRITE_ONLY = 0x1;
    static final long CREATE = 0x40;
    static final long EXCLUSIVE = 0x80;
    static final long NO_TERMINAL = 0x100;
    static final long NO_BLOCK = 0x800;
    static final long FOLDER = Architecture.OURS == Architecture.ARM ? 0x4000 : 0x10000;
    static final long NO_FOLLOW = Architecture.OURS == Architecture.ARM ? 0x8000 : 0x20000;
    static final long CLOSE_ON_EXEC = 0x80000;
    /** A place only: neither read nor write. */
    static final long PLACE = 0x200000;

    private Open() {}
  }

  /** What calls take that look a name up relative to a folder. */
  static final class At {
    /** In place of a folder: the path is whole, or begins where this process is. */
    static final long HERE = -100;
    static final long NO_FOLLOW = 0x100;
    static final long REMOVE_FOLDER = 0x200;
    static final long EFFECTIVE_USER = 0x200;
    /** With an empty name: the folder's descriptor itself is meant. */
    static final long ITSELF = 0x1000;
    /** What the kernel knows is enough: no file server is asked. */
    static final long AS_KNOWN = 0x4000;

    private At() {}
  }
}
