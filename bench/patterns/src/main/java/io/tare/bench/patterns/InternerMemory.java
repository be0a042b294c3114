package io.tare.bench.patterns;

import com.github.benmanes.caffeine.cache.Interner;
import com.sun.management.ThreadMXBean;
import io.tare.kit.text.ByteInterner;
import io.tare.kit.text.StringInterner;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Ten million names of 16 bytes, one in a hundred different, interned from bytes; one form in one JVM. Prints what the form
 * keeps (the different strings included, the ten million references not), what it allocates on
 * the way, and the CPU time of each name in the second half.
 *
 * <p>{@code java -Xmx1g -XX:+UseSerialGC -XX:NativeMemoryTracking=summary … io.tare.bench.patterns.InternerMemory FORM}, FORM one of the names below.
 */
public final class InternerMemory {
  private static final int NAMES = 10_000_000;
  private static final int DISTINCT = 100_000;
  /** As in {@code Symbol (reserved=3521408, committed=3521408)}; the string table is in it. */
  private static final Pattern SYMBOLS = Pattern.compile("Symbol \\(reserved=\\d+, committed=(\\d+)\\)");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final String[] KEPT = new String[DISTINCT];
  private static Object form = "none";

  private InternerMemory() {}

  public static void main(String[] args) throws JMException, InterruptedException {
    byte[] line = "customer-0000000".getBytes(StandardCharsets.US_ASCII);
    // Whatever the looking itself loads is there before the first reading.
    stringTableBytes();
    decode(line).hashCode();
    long tableBefore = stringTableBytes();
    long heapBefore = liveHeapBytes();
    ToIntFunction<byte[]> intern = form(args[0]);
    long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    long start = 0;
    long check = 0;
    for (int i = 0; i < NAMES; i++) {
      if (i == NAMES / 2) {
        start = THREADS.getCurrentThreadCpuTime();
      }
      write(line, i % DISTINCT);
      check += intern.applyAsInt(line);
    }
    long cpu = THREADS.getCurrentThreadCpuTime() - start;
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    long heap = liveHeapBytes() - heapBefore;
    long table = stringTableBytes() - tableBefore;
    System.out.printf("%s,%d,%d,%d,%d,%.1f%n", args[0], heap + table, heap, table, allocated,
        (double) cpu / (NAMES - NAMES / 2));
    if (check == 42 || form == null) {
      System.out.println(KEPT[0]);
    }
  }

  /** The array of the different strings is there before, so only what it refers to is counted. */
  private static ToIntFunction<byte[]> form(String name) {
    switch (name) {
      case "string-intern" :
        return line -> keep(line, decode(line).intern());
      case "concurrent-hash-map" :
        ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
        form = map;
        return line -> {
          String decoded = decode(line);
          String known = map.putIfAbsent(decoded, decoded);
          return keep(line, known == null ? decoded : known);
        };
      case "caffeine-weak" :
        Interner<String> caffeine = Interner.newWeakInterner();
        form = caffeine;
        return line -> keep(line, caffeine.intern(decode(line)));
      case "kit-strings" :
        StringInterner strings = StringInterner.upTo(DISTINCT);
        form = strings;
        return line -> keep(line, strings.intern(line, 0, line.length));
      case "kit-bytes" :
        ByteInterner bytes = ByteInterner.upTo(64 << 20);
        form = bytes;
        return line -> bytes.intern(line, 0, line.length);
      default :
        throw new IllegalArgumentException("no such form: " + name);
    }
  }

  private static int keep(byte[] line, String string) {
    KEPT[number(line)] = string;
    return string.length();
  }

  private static String decode(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  private static void write(byte[] line, int number) {
    int rest = number;
    for (int i = line.length - 1; i > line.length - 8; i--) {
      line[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static int number(byte[] line) {
    int number = 0;
    for (int i = line.length - 7; i < line.length; i++) {
      number = number * 10 + line[i] - '0';
    }
    return number;
  }

  /** As the last collection left it: what was allocated since is not counted. */
  private static long liveHeapBytes() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return ManagementFactory.getMemoryPoolMXBeans().stream().map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull).mapToLong(MemoryUsage::getUsed).sum();
  }

  /** What the JVM holds for its string table outside the heap. */
  private static long stringTableBytes() throws JMException {
    String summary = (String) ManagementFactory.getPlatformMBeanServer().invoke(
        new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmNativeMemory",
        new Object[] {new String[] {"summary", "scale=1"}}, new String[] {String[].class.getName()});
    Matcher symbols = SYMBOLS.matcher(summary);
    if (!symbols.find()) {
      throw new IllegalStateException("run with -XX:NativeMemoryTracking=summary");
    }
    return Long.parseLong(symbols.group(1));
  }
}
