package io.tare.cases.faults.self;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * Native blocks straight from malloc, every page of them touched: what libraries with their own native memory do.
 *
 * <p>17 has no public way to call malloc, so this goes through {@code sun.misc.Unsafe}, by method handles: the compiler
 * does not let warnings about that class be switched off.
 */
public final class RawMemory {
  private static final Object UNSAFE = unsafe();
  private static final MethodHandle ALLOCATE = handle("allocateMemory", methodType(long.class, long.class));
  private static final MethodHandle FILL = handle("setMemory",
      methodType(void.class, long.class, long.class, byte.class));
  private static final MethodHandle FREE = handle("freeMemory", methodType(void.class, long.class));
  private static final MethodHandle GET_INT = handle("getInt", methodType(int.class, Object.class, long.class));
  private static final MethodHandle GET_LONG = handle("getLong", methodType(long.class, Object.class, long.class));
  private static final long FIRST_ELEMENT = layout("arrayBaseOffset");
  private static final long REFERENCE_SIZE = layout("arrayIndexScale");

  private RawMemory() {}

  /** A block of malloc, filled, so that all of it is resident. */
  public static long allocate(long bytes) {
    try {
      long address = (long) ALLOCATE.invokeExact(bytes);
      FILL.invokeExact(address, bytes, (byte) 7);
      return address;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  public static void free(long address) {
    try {
      FREE.invokeExact(address);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static long referenceSize() {
    return REFERENCE_SIZE;
  }

  /** The reference in an array's first element as the JVM stores it. */
  static long referenceBits(Object[] array) {
    try {
      return REFERENCE_SIZE == Integer.BYTES
          ? Integer.toUnsignedLong((int) GET_INT.invokeExact((Object) array, FIRST_ELEMENT))
          : (long) GET_LONG.invokeExact((Object) array, FIRST_ELEMENT);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static Object unsafe() {
    try {
      Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      throw failed(e);
    }
  }

  private static MethodHandle handle(String name, MethodType type) {
    try {
      return MethodHandles.publicLookup().findVirtual(UNSAFE.getClass(), name, type).bindTo(UNSAFE);
    } catch (ReflectiveOperationException e) {
      throw failed(e);
    }
  }

  private static long layout(String question) {
    try {
      return (int) handle(question, methodType(int.class, Class.class)).invoke(Object[].class);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(Throwable cause) {
    return new IllegalStateException("sun.misc.Unsafe can't be used", cause);
  }
}
