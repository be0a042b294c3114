import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.tare.include.load.DemoOrigin;
import io.tare.include.naive.NaiveProcessor;
import io.tare.include.scan.TagScanner;
import io.tare.include.scan.TagScanner.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The streaming scanner against the regular expressions of the naive variant, on the same pages in turn, one thread. */
public final class ScannerBench {
  private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int PASSES = 9;
  private static final long BYTES_A_PASS = 200_000_000L;

  interface Way {
    int tagsOf(byte[] page) throws IOException;
  }

  record Pass(double megabytesPerCpuSecond, double bytesPerPage) {}

  private static final TagScanner SCANNER = new TagScanner(16_384);

  public static void main(String[] arguments) throws IOException {
    System.out.printf("JDK %s, one thread, CPU time of that thread, median of %d passes of %,d bytes, ways in turn, load %s%n",
        Runtime.version(), PASSES, BYTES_A_PASS, PROCESS.getSystemLoadAverage());
    byte[] text = "<p>Forty words of plain English prose, as pages have them, with a desire to be resident here; nothing else to find.</p>\n"
        .repeat(560).getBytes(StandardCharsets.US_ASCII);
    measure("64 KB without tags", text);
    measure("9 KB of markup without tags", DemoOrigin.page(1, 0).getBytes(StandardCharsets.US_ASCII));
    measure("9 KB with 4 includes", DemoOrigin.page(1, 4).getBytes(StandardCharsets.US_ASCII));
    measure("9 KB with 40 includes", DemoOrigin.page(1, 40).getBytes(StandardCharsets.US_ASCII));
  }

  private static void measure(String what, byte[] page) throws IOException {
    List<Way> ways = List.of(ScannerBench::scan, ScannerBench::search);
    List<List<Pass>> passes = List.of(new ArrayList<>(), new ArrayList<>());
    for (int pass = -3; pass < PASSES; pass++) {
      for (int way = 0; way < ways.size(); way++) {
        Pass result = pass(ways.get(way), page);
        if (pass >= 0) {
          passes.get(way).add(result);
        }
      }
    }
    double scanner = median(passes.get(0).stream().mapToDouble(Pass::megabytesPerCpuSecond));
    double search = median(passes.get(1).stream().mapToDouble(Pass::megabytesPerCpuSecond));
    System.out.printf(Locale.ROOT, "%-28s scanner %,7.0f MB/s %9.1f B/page   regular expressions %,6.0f MB/s %,9.0f B/page   %5.1f x%n",
        what, scanner, median(passes.get(0).stream().mapToDouble(Pass::bytesPerPage)), search,
        median(passes.get(1).stream().mapToDouble(Pass::bytesPerPage)), scanner / search);
  }

  private static Pass pass(Way way, byte[] page) throws IOException {
    int pages = (int) (BYTES_A_PASS / page.length);
    int tags = way.tagsOf(page);
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long cpu = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < pages; i++) {
      if (way.tagsOf(page) != tags) {
        throw new IllegalStateException("not the same");
      }
    }
    cpu = THREADS.getCurrentThreadCpuTime() - cpu;
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    return new Pass((double) pages * page.length / cpu * 1e3, (double) allocated / pages);
  }

  private static int scan(byte[] page) throws IOException {
    IN.over(page);
    SCANNER.reset(IN);
    int tags = 0;
    for (Token token = SCANNER.next(); token != Token.END; token = SCANNER.next()) {
      tags += token == Token.TAG && SCANNER.tag().name().equals("include") ? 1 : 0;
    }
    return tags;
  }

  private static int search(byte[] page) {
    return NaiveProcessor.count(new String(page, StandardCharsets.UTF_8));
  }

  private static final Bytes IN = new Bytes();

  /** A stream over bytes that is used again, so that only the scanner's own objects count. */
  private static final class Bytes extends ByteArrayInputStream {
    Bytes() {
      super(new byte[0]);
    }

    void over(byte[] page) {
      buf = page;
      pos = 0;
      count = page.length;
    }
  }

  private static double median(java.util.stream.DoubleStream values) {
    double[] sorted = values.toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
