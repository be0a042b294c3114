import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A program with some of all that a JVM keeps: live objects and dead ones, direct and mapped buffers, threads, classes of many loaders,
 * compiled code, compressors. Runs on JDK 8 and later; says {@code ready}, then what its own JVM counts, and rests until its input ends.
 */
public final class Everything {
  static final int LIVE_MB = 40;
  static final int DIRECT_MB = 20;
  static final int MAPPED_MB = 8;
  private static final List<Object> KEPT = new ArrayList<Object>();

  private Everything() {}

  public static void main(String[] arguments) throws Exception {
    objects();
    for (int i = 0; i < DIRECT_MB; i++) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
      while (buffer.remaining() >= 8) {
        buffer.putLong(i + 1);
      }
      KEPT.add(buffer);
    }
    mapped(arguments[0]);
    threads();
    classes();
    compressors();
    System.gc();
    KEPT.add(new byte[3 << 20]);
    Thread.sleep(300);
    truth();
    System.gc();
    Thread.sleep(500);
    truth();
    Thread.sleep(300);
    System.out.println("ready " + truth());
    while (System.in.read() >= 0) {
      Thread.sleep(1);
    }
  }

  /** Asked more than once, so that the asking's own classes are loaded when it counts. */
  private static String truth() {
    long heap = 0;
    long metaspaceUsed = 0;
    long metaspaceCommitted = 0;
    long code = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getUsage();
      if (pool.getType() == MemoryType.HEAP) {
        heap += usage.getUsed();
      } else if (pool.getName().equals("Metaspace")) {
        metaspaceUsed = usage.getUsed();
        metaspaceCommitted = usage.getCommitted();
      } else if (pool.getName().startsWith("Code")) {
        code += usage.getUsed();
      }
    }
    long direct = 0;
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      direct += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
    }
    return "heap=" + heap + " metaspaceUsed=" + metaspaceUsed + " metaspaceCommitted=" + metaspaceCommitted + " code="
        + code + " direct=" + direct;
  }

  private static void objects() {
    Map<Integer, String> map = new HashMap<Integer, String>();
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 200_000; i++) {
        map.put(i % 50_000, "value " + i);
      }
    }
    KEPT.add(map);
    for (int i = 0; i < LIVE_MB; i++) {
      KEPT.add(new byte[(1 << 20) - 64]);
    }
  }

  private static void mapped(String file) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file, "rw")) {
      opened.setLength((long) MAPPED_MB << 20);
      ByteBuffer mapped = opened.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, (long) MAPPED_MB << 20);
      while (mapped.remaining() >= 4096) {
        mapped.putLong(1);
        mapped.position(mapped.position() + 4088);
      }
      KEPT.add(mapped);
    }
  }

  private static void threads() {
    for (int i = 0; i < 20; i++) {
      Thread thread = new Thread(new Runnable() {
        @Override
        public void run() {
          descend(500);
        }
      }, "worker-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static int descend(int depth) {
    if (depth == 0) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException ended) {
        return 0;
      }
    }
    return descend(depth - 1) + 1;
  }

  private static void classes() throws Exception {
    byte[] code = code();
    for (int i = 0; i < 400; i++) {
      KEPT.add(new OneClass().define(code).newInstance());
    }
  }

  private static byte[] code() throws IOException {
    try (InputStream in = Everything.class.getResourceAsStream("Everything$Loaded.class")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        out.write(next);
      }
      return out.toByteArray();
    }
  }

  private static final class OneClass extends ClassLoader {
    Class<?> define(byte[] code) {
      return defineClass("Everything$Loaded", code, 0, code.length);
    }
  }

  /** Loaded once for each loader. */
  public static final class Loaded {
    private final long made = System.nanoTime();

    public Loaded() {}

    @Override
    public String toString() {
      return "loaded at " + made;
    }
  }

  private static void compressors() throws Exception {
    byte[] text = new byte[1 << 16];
    byte[] packed = new byte[1 << 16];
    for (int i = 0; i < 20; i++) {
      Deflater deflater = new Deflater();
      deflater.setInput(text);
      deflater.finish();
      int length = deflater.deflate(packed);
      Inflater inflater = new Inflater();
      inflater.setInput(packed, 0, length);
      inflater.inflate(text);
      KEPT.add(deflater);
      KEPT.add(inflater);
    }
  }
}
