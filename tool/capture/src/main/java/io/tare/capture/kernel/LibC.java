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
import java.util.Arrays;
import java.util.Optional;

/**
 * Functions of the C library, called with up to five integers or addresses.
 *
 * <p>Setting this up costs some 50 ms of a cold JVM: {@link FileHold#prepare} does it beside what a reading begins with.
 */
public final class LibC {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
  private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  /** {@code long syscall(long number, ...)}; arguments that a call does not use are passed as zero. */
  private static final Optional<MethodHandle> SYSCALL = SYMBOLS.find("syscall").map(LibC::downcall);

  private LibC() {}

  // One place for what the JDK restricts: everything native goes through here.
  @SuppressWarnings("restricted")
  private static MethodHandle downcall(MemorySegment function) {
    return LINKER.downcallHandle(function,
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
        Linker.Option.firstVariadicArg(1), Linker.Option.captureCallState("errno"));
  }

  /** What a system call returned: its value when it is not negative, else the error's number. */
  public record Answer(long value, int errno) {
    public boolean failed() {
      return value < 0;
    }

    public boolean unknownToKernel() {
      return failed() && errno == Errno.ENOSYS;
    }
  }

  /** Calls the kernel; an error is an answer, only a platform without {@code syscall} throws. */
  public static Answer systemCall(long number, long... arguments) throws IOException {
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
}
