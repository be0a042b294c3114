package io.tare.sync.state;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Gives the resident pages of a mapped file back. They stay in the kernel's page cache, and come back when they are read again. */
final class MappedPages {
  private static final int MADV_DONTNEED = 4;
  private static final int HEXADECIMAL = 16;

  private MappedPages() {}

  private record Range(long start, long end) {}

  /** Returns whether the kernel did it for every mapping of the file. */
  static boolean release(Path file) throws IOException {
    String path = file.toRealPath().toString();
    List<Range> ranges = Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .filter(line -> isSharedMappingOf(path, line)).map(MappedPages::range).toList();
    return !ranges.isEmpty() && ranges.stream().allMatch(MappedPages::release);
  }

  /** Only of a file's shared mapping does the content survive. A line is {@code 7f0000000000-7f1000000000 r--s 00000000 fe:00 1234   /path}. */
  private static boolean isSharedMappingOf(String path, String line) {
    return line.endsWith(" " + path) && line.split(" ")[1].endsWith("s");
  }

  private static Range range(String line) {
    int dash = line.indexOf('-');
    long end = Long.parseUnsignedLong(line.substring(dash + 1, line.indexOf(' ')), HEXADECIMAL);
    return new Range(Long.parseUnsignedLong(line.substring(0, dash), HEXADECIMAL), end);
  }

  @SuppressWarnings("restricted")
  private static boolean release(Range range) {
    Linker linker = Linker.nativeLinker();
    MethodHandle madvise = linker.downcallHandle(linker.defaultLookup().findOrThrow("madvise"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT));
    try {
      return (int) madvise.invokeExact(range.start(), range.end() - range.start(), MADV_DONTNEED) == 0;
    } catch (Throwable impossible) {
      throw new IllegalStateException("madvise throws nothing", impossible);
    }
  }
}
