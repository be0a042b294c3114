package io.tare.yaml.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stretch of address space from the kernel, outside the Java heap and outside malloc. Whoever makes one frees it, or gives it to an arena. */
@SuppressWarnings("restricted")
public record Region(long address, long size) {
  private static final int READ_WRITE = 3;
  private static final int PRIVATE = 2;
  private static final int FIXED = 0x10;
  private static final int ANONYMOUS = 0x20;
  private static final int UNRESERVED = 0x4000;
  private static final int CLOSE_ON_EXEC = 0x80000;
  public static final int PAGE = 4096;

  private static final int SET_MAPPING = 0x53564d41;
  private static final long SET_MAPPING_NAME = 0;

  private static final MethodHandle NAME = function("prctl",
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
          ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
  private static final MethodHandle MAP = function("mmap", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
      ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
      ValueLayout.JAVA_LONG));
  private static final MethodHandle UNMAP = function("munmap",
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
  private static final MethodHandle OPEN = function("open",
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE = function("close",
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  /** The region with a name in {@code /proc/PID/maps}, where the kernel can do that: whoever looks from outside sees whose it is. */
  public Region named(String name) {
    try (Arena arena = Arena.ofConfined()) {
      int ignored = (int) NAME.invokeExact(SET_MAPPING, SET_MAPPING_NAME, address, size, arena.allocateFrom(name));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** Fresh pages that cost nothing until they are written. */
  public static Region anonymous(long bytes) {
    long size = wholePages(Math.max(bytes, 1));
    long address = map(0, size, PRIVATE | ANONYMOUS | UNRESERVED, -1);
    if (address < 0 && address > -PAGE) {
      throw new OutOfMemoryError("the kernel gave no " + size + " bytes of address space");
    }
    return new Region(address, size);
  }

  /** The file's pages, private, and a page of zeros behind them, so that reading 8 bytes at the file's end stays inside. */
  public static Region of(Path file, long fileBytes) throws IOException {
    Region whole = anonymous(wholePages(fileBytes) + PAGE);
    int descriptor = open(file);
    long mapped = fileBytes == 0 ? whole.address : map(whole.address, fileBytes, PRIVATE | FIXED, descriptor);
    close(descriptor);
    if (mapped != whole.address) {
      whole.free();
      throw new IOException("the kernel could not map " + file);
    }
    return whole;
  }

  public long end() {
    return address + size;
  }

  public void free() {
    unmap(address, size);
  }

  /** Keeps the pages of the first {@code bytes}, gives the others back. */
  public Region shrunk(long bytes) {
    long kept = wholePages(Math.max(bytes, 1));
    if (kept >= size) {
      return this;
    }
    unmap(address + kept, size - kept);
    return new Region(address, kept);
  }

  /** The region as a segment that lives and dies with {@code arena}. */
  public MemorySegment in(Arena arena) {
    return MemorySegment.ofAddress(address).reinterpret(size, arena, gone -> unmap(address, size));
  }

  public static long wholePages(long bytes) {
    return (bytes + PAGE - 1) & -PAGE;
  }

  private static int open(Path file) throws IOException {
    int descriptor;
    try (Arena arena = Arena.ofConfined()) {
      descriptor = (int) OPEN.invokeExact(arena.allocateFrom(file.toString()), CLOSE_ON_EXEC);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    if (descriptor < 0) {
      throw new IOException("cannot open " + file + (Files.exists(file) ? "" : ": there is no such file"));
    }
    return descriptor;
  }

  private static void close(int descriptor) {
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static long map(long at, long size, int flags, int descriptor) {
    try {
      return (long) MAP.invokeExact(at, size, READ_WRITE, flags, descriptor, 0L);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unmap(long address, long size) {
    try {
      int ignored = (int) UNMAP.invokeExact(address, size);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor shape) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape);
  }
}
