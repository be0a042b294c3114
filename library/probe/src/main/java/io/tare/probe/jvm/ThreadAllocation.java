package io.tare.probe.jvm;

import com.sun.management.ThreadMXBean;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** The JVM's allocation counters, exact to the byte; negative where the JVM does not count. */
public final class ThreadAllocation {
  private static final @Nullable ThreadMXBean THREADS = ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
      ? bean
      : null;
  private static final MethodHandle OF_PROCESS = findOfProcess();

  private ThreadAllocation() {}

  /** Bytes that the calling thread ever allocated; negative on a virtual thread. */
  public static long ofThisThread() {
    return THREADS == null ? -1 : THREADS.getCurrentThreadAllocatedBytes();
  }

  /** Bytes that all threads ever allocated, ended ones included; negative where the JVM does not count them: before JDK 21, but for late updates of 17. */
  public static long ofProcess() {
    try {
      return (long) OF_PROCESS.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the JVM's allocation counter failed", e);
    }
  }

  /** Bytes that a living platform thread ever allocated; negative when it is gone. */
  public static long ofThread(long threadId) {
    return THREADS == null ? -1 : THREADS.getThreadAllocatedBytes(threadId);
  }

  private static MethodHandle findOfProcess() {
    MethodHandle unknown = MethodHandles.constant(long.class, -1L);
    if (THREADS == null) {
      return unknown;
    }
    try {
      return MethodHandles.publicLookup()
          .findVirtual(ThreadMXBean.class, "getTotalThreadAllocatedBytes", MethodType.methodType(long.class))
          .bindTo(THREADS);
    } catch (NoSuchMethodException | IllegalAccessException beforeJdk21) {
      return unknown;
    }
  }
}
