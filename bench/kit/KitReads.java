import io.tare.kit.BufferPool;
import io.tare.kit.BumpArena;
import io.tare.kit.text.ByteInterner;
import io.tare.kit.Lease;
import io.tare.kit.ObjectPool;
import io.tare.kit.PoolOptions;
import io.tare.kit.Slab;
import io.tare.kit.text.StringInterner;
import io.tare.kit.text.Utf8Slice;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.agrona.AsciiSequenceView;
import org.agrona.collections.Object2IntHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jctools.queues.MpmcArrayQueue;

/**
 * What it costs to read by each block of the kit, beside a plain object and beside what Agrona and JCTools have for it: nanoseconds of
 * this thread's processor time a read, the median of the passes. The forms of a table take turns, so that load moves them alike.
 */
class KitReads {
  private static final int RECORDS = 1 << 16;
  private static final int READS = 1 << 20;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static long sink;

  private record Form(String name, LongSupplier readAll) {}

  private static final class Plain {
    long price;
    int amount;
  }

  public static void main(String[] words) throws Exception {
    int passes = words.length > 0 ? Integer.parseInt(words[0]) : 15;
    int[] order = new Random(7).ints(READS, 0, RECORDS).toArray();
    try (Slab slab = Slab.of(24, RECORDS); BumpArena arena = BumpArena.upTo(64 << 20)) {
      records(passes, order, slab, arena);
    }
    texts(passes);
    names(passes, order);
    pools(passes);
    System.out.println("sum " + sink);
  }

  private static void records(int passes, int[] order, Slab slab, BumpArena arena) {
    Plain[] plain = new Plain[RECORDS];
    long[] handles = new long[RECORDS];
    long[] points = new long[RECORDS];
    UnsafeBuffer agrona = new UnsafeBuffer(ByteBuffer.allocateDirect(RECORDS * 24));
    for (int i = 0; i < RECORDS; i++) {
      plain[i] = new Plain();
      plain[i].price = i;
      handles[i] = slab.allocate();
      slab.putLong(handles[i], 0, i);
      points[i] = arena.allocate(24);
      arena.putLong(points[i], i);
      agrona.putLong(i * 24, i);
    }
    table("a record's long, at random", passes, List.of(new Form("plain object", () -> {
      long sum = 0;
      for (int i : order) {
        sum += plain[i].price + plain[i].amount;
      }
      return sum;
    }), new Form("Agrona UnsafeBuffer", () -> {
      long sum = 0;
      for (int i : order) {
        sum += agrona.getLong(i * 24) + agrona.getInt(i * 24 + 8);
      }
      return sum;
    }), new Form("kit BumpArena", () -> {
      long sum = 0;
      for (int i : order) {
        sum += arena.getLong(points[i]) + arena.getInt(points[i] + 8);
      }
      return sum;
    }), new Form("kit Slab", () -> {
      long sum = 0;
      for (int i : order) {
        sum += slab.getLong(handles[i], 0) + slab.getInt(handles[i], 8);
      }
      return sum;
    })));
  }

  private static void texts(int passes) {
    byte[] bytes = "GET /some/longer/path/of/an/index.html HTTP/1.1".getBytes(StandardCharsets.US_ASCII);
    String string = new String(bytes, StandardCharsets.US_ASCII);
    Utf8Slice slice = Utf8Slice.of(bytes);
    AsciiSequenceView view = new AsciiSequenceView(new UnsafeBuffer(bytes), 0, bytes.length);
    table("a char of ASCII text", passes, List.of(new Form("String", () -> chars(string)), new Form("Agrona AsciiSequenceView", () -> {
      long sum = 0;
      for (int i = 0; i < READS; i++) {
        sum += view.charAt(i % 47);
      }
      return sum;
    }), new Form("kit Utf8Slice", () -> {
      long sum = 0;
      for (int i = 0; i < READS; i++) {
        sum += slice.charAt(i % 47);
      }
      return sum;
    })));
  }

  private static long chars(String string) {
    long sum = 0;
    for (int i = 0; i < READS; i++) {
      sum += string.charAt(i % 47);
    }
    return sum;
  }

  private static void names(int passes, int[] order) {
    byte[][] names = new byte[1000][];
    String[] strings = new String[1000];
    ByteInterner numbers = ByteInterner.upTo(1 << 20);
    StringInterner interner = StringInterner.upTo(4096);
    ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
    Object2IntHashMap<String> agrona = new Object2IntHashMap<>(-1);
    for (int i = 0; i < names.length; i++) {
      strings[i] = "/path/of/a/name/" + i;
      names[i] = strings[i].getBytes(StandardCharsets.US_ASCII);
      numbers.intern(names[i], 0, names[i].length);
      interner.intern(names[i], 0, names[i].length);
      map.put(strings[i], strings[i]);
      agrona.put(strings[i], i);
    }
    table("a known name, from its bytes", passes, List.of(new Form("new String and ConcurrentHashMap", () -> {
      long sum = 0;
      for (int i : order) {
        byte[] name = names[i % 1000];
        sum += map.get(new String(name, StandardCharsets.US_ASCII)).length();
      }
      return sum;
    }), new Form("new String and Agrona Object2IntHashMap", () -> {
      long sum = 0;
      for (int i : order) {
        sum += agrona.getValue(new String(names[i % 1000], StandardCharsets.US_ASCII));
      }
      return sum;
    }), new Form("kit StringInterner", () -> {
      long sum = 0;
      for (int i : order) {
        sum += interner.intern(names[i % 1000], 0, names[i % 1000].length).length();
      }
      return sum;
    }), new Form("kit ByteInterner", () -> {
      long sum = 0;
      for (int i : order) {
        sum += numbers.find(names[i % 1000], 0, names[i % 1000].length);
      }
      return sum;
    })));
  }

  private static void pools(int passes) {
    ObjectPool<byte[]> objects = ObjectPool.of(() -> new byte[4096], bytes -> {}, PoolOptions.upTo(8));
    BufferPool buffers = BufferPool.direct(PoolOptions.upTo(1 << 20));
    MpmcArrayQueue<ByteBuffer> queue = new MpmcArrayQueue<>(16);
    queue.offer(ByteBuffer.allocateDirect(4096));
    byte[] own = new byte[4096];
    table("a buffer of 4 KB: taken, one byte written, given back", passes, List.of(new Form("one of one's own", () -> {
      long sum = 0;
      for (int i = 0; i < READS; i++) {
        own[i & 4095] = (byte) i;
        sum += own[0];
      }
      return sum;
    }), new Form("JCTools MpmcArrayQueue", () -> {
      long sum = 0;
      for (int i = 0; i < READS; i++) {
        ByteBuffer buffer = queue.poll();
        buffer.put(i & 4095, (byte) i);
        sum += buffer.get(0);
        queue.offer(buffer);
      }
      return sum;
    }), new Form("kit BufferPool", () -> {
      long sum = 0;
      for (int i = 0; i < READS; i++) {
        try (Lease<ByteBuffer> lease = buffers.take(4096)) {
          lease.value().put(i & 4095, (byte) i);
          sum += lease.value().get(0);
        }
      }
      return sum;
    }), new Form("kit ObjectPool", () -> {
      long sum = 0;
      for (int i = 0; i < READS; i++) {
        try (Lease<byte[]> lease = objects.take()) {
          lease.value()[i & 4095] = (byte) i;
          sum += lease.value()[0];
        }
      }
      return sum;
    })));
  }

  private static void table(String what, int passes, List<Form> forms) {
    List<List<Double>> nanos = new ArrayList<>();
    forms.forEach(form -> nanos.add(new ArrayList<>()));
    for (int pass = -3; pass < passes; pass++) {
      for (int form = 0; form < forms.size(); form++) {
        long start = THREADS.getCurrentThreadCpuTime();
        sink += forms.get(form).readAll.getAsLong();
        if (pass >= 0) {
          nanos.get(form).add((double) (THREADS.getCurrentThreadCpuTime() - start) / READS);
        }
      }
    }
    System.out.println(what);
    double first = median(nanos.get(0));
    for (int form = 0; form < forms.size(); form++) {
      double median = median(nanos.get(form));
      System.out.printf(Locale.ROOT, "  %-42s %7.2f ns   %5.1f times the first%n", forms.get(form).name, median, median / first);
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
