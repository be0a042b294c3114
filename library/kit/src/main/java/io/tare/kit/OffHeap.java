package io.tare.kit;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the Java heap with one end. From JDK 22 on it is a shared {@code java.lang.foreign.Arena}: closing gives
 * the memory back at once, and buffers over it throw afterwards. Before, it is direct buffers: the garbage collector gives
 * them back once nobody refers to them, so a buffer kept too long is stale but never a crash.
 */
final class OffHeap implements AutoCloseable {
  private final @Nullable Object arena = Foreign.isThere() ? Foreign.open() : null;
  private boolean closed;

  static boolean closesAtOnce() {
    return Foreign.isThere();
  }

  ByteBuffer allocate(int bytes) {
    return arena == null ? ByteBuffer.allocateDirect(bytes) : Foreign.allocate(arena, bytes);
  }

  @Override
  public void close() {
    if (arena != null && !closed) {
      closed = true;
      Foreign.close(arena);
    }
  }

  /** The few calls into java.lang.foreign, by handle since it is not there on 17. */
  private static final class Foreign {
    private static final @Nullable MethodHandle OPEN;
    private static final @Nullable MethodHandle ALLOCATE;
    private static final @Nullable MethodHandle CLOSE;

    static {
      MethodHandle open = null;
      MethodHandle allocate = null;
      MethodHandle close = null;
      // A preview of other shape was there from 19 to 21.
      if (Runtime.version().feature() >= 22) {
        try {
          MethodHandles.Lookup lookup = MethodHandles.publicLookup();
          Class<?> arena = Class.forName("java.lang.foreign.Arena");
          Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
          MethodHandle segmentOf = lookup.findVirtual(arena, "allocate",
              MethodType.methodType(segment, long.class, long.class));
          MethodHandle bufferOf = lookup.findVirtual(segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class));
          open = lookup.findStatic(arena, "ofShared", MethodType.methodType(arena))
              .asType(MethodType.methodType(Object.class));
          allocate = MethodHandles.filterReturnValue(segmentOf, bufferOf)
              .asType(MethodType.methodType(ByteBuffer.class, Object.class, long.class, long.class));
          close = lookup.findVirtual(arena, "close", MethodType.methodType(void.class))
              .asType(MethodType.methodType(void.class, Object.class));
        } catch (ReflectiveOperationException e) {
          throw new ExceptionInInitializerError(e);
        }
      }
      OPEN = open;
      ALLOCATE = allocate;
      CLOSE = close;
    }

    static boolean isThere() {
      return OPEN != null;
    }

    static Object open() {
      return call(() -> (Object) handle(OPEN).invokeExact());
    }

    static ByteBuffer allocate(Object arena, int bytes) {
      return call(() -> (ByteBuffer) handle(ALLOCATE).invokeExact(arena, (long) bytes, 8L));
    }

    static void close(Object arena) {
      call(() -> {
        handle(CLOSE).invokeExact(arena);
        return arena;
      });
    }

    private static MethodHandle handle(@Nullable MethodHandle handle) {
      if (handle == null) {
        throw new IllegalStateException("java.lang.foreign is not there");
      }
      return handle;
    }

    private static <T> T call(ForeignCall<T> call) {
      try {
        return call.run();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("java.lang.foreign threw a checked exception", e);
      }
    }
  }

  private interface ForeignCall<T> {
    @SuppressWarnings("ProhibitedExceptionDeclared")
    T run() throws Throwable;
  }
}
