package io.tare.capture.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The door to the kernel: {@code syscall} of the C library, called with up to five integers or addresses, and what its answers mean.
 *
 * <p>Setting this up costs some 50 ms of a cold JVM: {@link #prepare} does it beside what a reading begins with.
 */
public final class LibC {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
  private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  /** {@code long syscall(long number, ...)}; arguments that a call does not use are passed as zero. */
  private static final Optional<MethodHandle> SYSCALL = SYMBOLS.find("syscall").map(LibC::downcall);

  private static final AtomicBoolean IS_PREPARED = new AtomicBoolean();
  private static final int NOTHING = -1;

  private LibC() {}

  /** Makes the calls that this takes ready, in the background and once: who needs them sooner waits for that. */
  public static void prepare() {
    if (IS_PREPARED.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("native calls").start(() -> {
        try {
          SystemCall.CLOSE.call(NOTHING);
        } catch (IOException missing) {
          // Whoever needs a call is told.
          return;
        }
      });
    }
  }

  // One place for what the JDK restricts: everything native goes through here.
  @SuppressWarnings("restricted")
  private static MethodHandle downcall(MemorySegment function) {
    return LINKER.downcallHandle(function,
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
        Linker.Option.firstVariadicArg(1), Linker.Option.captureCallState("errno"));
  }

  /** Calls the kernel; an error is an answer, only a platform without {@code syscall} throws. */
  static Answer systemCall(long number, long... arguments) throws IOException {
    MethodHandle call = SYSCALL.orElseThrow(() -> new IOException("the C library has no syscall function"));
    long[] five = Arrays.copyOf(arguments, 5);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long value = (long) call.invokeExact(state, number, five[0], five[1], five[2], five[3], five[4]);
      return new Answer(value, value < 0 ? (int) ERRNO.get(state, 0L) : 0);
    } catch (RuntimeException | Error ours) {
      throw ours;
    } catch (Throwable impossible) {
      throw new IOException("system call " + number + " could not be made", impossible);
    }
  }

  /** What a system call returned: its value when it is not negative, else the error's number. */
  record Answer(long value, int errno) {
    boolean failed() {
      return value < 0;
    }

    boolean unknownToKernel() {
      return failed() && errno == Errno.ENOSYS;
    }

    /** The value; an error is thrown, in words, with what it was about in front. */
    long orThrow(String what) throws IOException {
      if (failed()) {
        throw failure(what);
      }
      return value;
    }

    private IOException failure(String what) {
      String why = Errno.words(errno);
      return switch (errno) {
        case Errno.ENOENT, Errno.ENOTDIR, Errno.ESRCH -> new NoSuchFileException(what, null, why);
        case Errno.EACCES, Errno.EPERM -> new AccessDeniedException(what, null, why);
        default -> new IOException(what + ": " + why);
      };
    }
  }

  /** Error numbers of Linux that are told apart; the same on all its 64-bit architectures. */
  static final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EEXIST = 17;
    static final int EXDEV = 18;
    static final int ENOTDIR = 20;
    static final int EINVAL = 22;
    static final int ENOTTY = 25;
    static final int EROFS = 30;
    static final int ENOSYS = 38;
    static final int ENOTEMPTY = 39;
    static final int ELOOP = 40;
    static final int ECONNREFUSED = 111;

    private Errno() {}

    static String words(int errno) {
      return switch (errno) {
        case EPERM, EACCES -> "permission denied";
        case ENOENT, ENOTDIR -> "no such file";
        case ESRCH -> "no such process";
        case EAGAIN -> "it is taken just now";
        case EBUSY -> "it is in use";
        case EEXIST -> "it is there already";
        case EXDEV, ELOOP -> "a link is in the way";
        case EINVAL -> "invalid argument";
        case ENOTTY, ENOSYS -> "this kernel does not know it";
        case EROFS -> "the file system is read-only";
        case ENOTEMPTY -> "the folder is not empty";
        case ECONNREFUSED -> "nobody listens there";
        default -> "error " + errno;
      };
    }
  }
}
