package io.tare.probe;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;

/** What the virtual thread scheduler's bean tells, where there is one (from JDK 24 on). */
final class VirtualThreads {
  private static final MethodHandle MOUNTED = findMounted();

  private VirtualThreads() {}

  /** Virtual threads that run on a carrier now; negative when the JVM does not tell. */
  static int mounted() {
    try {
      return (int) MOUNTED.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the virtual thread scheduler's bean failed", e);
    }
  }

  private static MethodHandle findMounted() {
    try {
      Class<? extends PlatformManagedObject> type = Class.forName("jdk.management.VirtualThreadSchedulerMXBean")
          .asSubclass(PlatformManagedObject.class);
      MethodHandle getter = MethodHandles.publicLookup().findVirtual(type, "getMountedVirtualThreadCount",
          MethodType.methodType(int.class));
      return getter.bindTo(ManagementFactory.getPlatformMXBean(type));
    } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException beforeJdk24) {
      return MethodHandles.constant(int.class, -1);
    }
  }
}
