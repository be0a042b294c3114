import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Thirty leaks that the guards were built with. */
class Leaks {
  /** A leak: what a message must name, one of these, and the work that leaks. */
  record Planted(String name, List<String> named, Work work) {}

  /** A piece of work. */
  interface Work {
    void run() throws Exception;
  }

  static Planted leak(String name, String named, Work work) {
    return new Planted(name, Arrays.asList(named.split("\\|")), work);
  }

  record Order(String id, byte[] body) {}

  /** A class that a second loader loads. */
  public static class Plain {}

  static final List<byte[]> LIST = new ArrayList<>();
  static final Map<String, Order> MAP = new HashMap<>();
  static final Map<Integer, byte[]> CACHE = new ConcurrentHashMap<>();
  static final Set<String> SET = new HashSet<>();
  static final ThreadLocal<List<byte[]>> LOCAL = ThreadLocal.withInitial(ArrayList::new);
  static final ExecutorService POOL = Executors.newFixedThreadPool(1, Leaks::daemon);
  static final ThreadLocal<List<Order>> POOL_LOCAL = ThreadLocal.withInitial(ArrayList::new);
  static final ScheduledExecutorService SCHEDULER = Executors.newScheduledThreadPool(1, Leaks::daemon);
  static final List<ClassLoader> LOADERS = new ArrayList<>();
  static final List<ByteBuffer> BUFFERS = new ArrayList<>();
  static final List<FileInputStream> STREAMS = new ArrayList<>();
  static final CountDownLatch NEVER = new CountDownLatch(1);
  static final List<String> NAMES = new LinkedList<>();
  static final ArrayDeque<Order> DEQUE = new ArrayDeque<>();
  static final TreeMap<String, byte[]> TREE = new TreeMap<>();
  static final Map<Object, Object[]> WEAK = new WeakHashMap<>();
  static final Map<Integer, byte[]> LRU = new LinkedHashMap<>(16, 0.75f, true);
  static final Map<Integer, CompletableFuture<byte[]>> PENDING = new HashMap<>();
  static final StringBuilder LOG = new StringBuilder();
  static final Object[] SLOTS = new Object[1_000_000];
  static final ConcurrentLinkedQueue<Order> QUEUE = new ConcurrentLinkedQueue<>();
  static final List<Map<String, byte[]>> NESTED = new ArrayList<>();
  static int counter;

  /** An event bus whose listeners never leave. */
  static final class Bus {
    static final Bus INSTANCE = new Bus();
    final List<Runnable> listeners = new ArrayList<>();
  }

  /** An outer object that its inner one keeps alive. */
  static class Outer {
    final byte[] weight = new byte[200];

    class Inner implements Runnable {
      @Override
      public void run() {}
    }
  }

  static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "pool");
    thread.setDaemon(true);
    return thread;
  }

  static String next() {
    return "name " + counter++;
  }

  static Order order() {
    return new Order(next(), new byte[100]);
  }

  static void start(String name) {
    Thread thread = new Thread(() -> {
      try {
        NEVER.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }, name);
    thread.setDaemon(true);
    thread.start();
  }

  static List<Planted> all(Path file) {
    return List.of(
        leak("static list", "static Leaks.LIST", () -> LIST.add(new byte[64])),
        leak("static map of records", "static Leaks.MAP", () -> MAP.put(next(), order())),
        leak("unbounded cache", "static Leaks.CACHE", () -> CACHE.computeIfAbsent(counter++, key -> new byte[100])),
        leak("static set of strings", "static Leaks.SET", () -> SET.add(next())),
        leak("listeners", "INSTANCE.listeners", () -> Bus.INSTANCE.listeners.add(new Outer().new Inner())),
        leak("thread local list", "static Leaks.LOCAL", () -> LOCAL.get().add(new byte[50])),
        leak("thread local of a pool's thread", "static Leaks.POOL_LOCAL", () -> POOL.submit(() -> POOL_LOCAL.get().add(order())).get()),
        leak("scheduled again and again", "static Leaks.SCHEDULER",
            () -> SCHEDULER.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.DAYS)),
        leak("executor not shut down", "pool", () -> Executors.newFixedThreadPool(1, Leaks::daemon).submit(() -> {}).get()),
        leak("timer not cancelled", "Timer|timers", () -> new Timer("leaked timer", true).schedule(new TimerTask() {
          @Override
          public void run() {}
        }, 86_400_000)),
        leak("class loaders", "static Leaks.LOADERS", () -> {
          URLClassLoader loader = new URLClassLoader(new URL[] {Leaks.class.getProtectionDomain().getCodeSource().getLocation()}, null);
          loader.loadClass("Leaks$Plain");
          LOADERS.add(loader);
        }),
        leak("direct buffers", "static Leaks.BUFFERS", () -> BUFFERS.add(ByteBuffer.allocateDirect(1000))),
        leak("Unsafe.allocateMemory of 64 KB", "native memory", () -> unsafe().allocateMemory(65_536)),
        leak("streams not closed", "static Leaks.STREAMS", () -> STREAMS.add(new FileInputStream(file.toFile()))),
        leak("threads", "thread", () -> start("leaked thread " + counter++)),
        leak("interned names in a linked list", "static Leaks.NAMES", () -> NAMES.add(next().intern())),
        leak("deque", "static Leaks.DEQUE", () -> DEQUE.add(order())),
        leak("tree", "static Leaks.TREE", () -> TREE.put(next(), new byte[30])),
        leak("one in ten", "static Leaks.LIST", () -> {
          if (counter++ % 10 == 0) {
            LIST.add(new byte[1000]);
          }
        }),
        leak("one in a hundred", "static Leaks.MAP", () -> {
          if (counter++ % 100 == 0) {
            MAP.put(next(), order());
          }
        }),
        leak("weak map whose values hold its keys", "static Leaks.WEAK", () -> {
          Object key = new Object();
          WEAK.put(key, new Object[] {key});
        }),
        leak("least recently used, never removed", "static Leaks.LRU", () -> LRU.put(counter++, new byte[10])),
        leak("futures never completed", "static Leaks.PENDING", () -> PENDING.put(counter++, new CompletableFuture<>())),
        leak("shutdown hooks", "ApplicationShutdownHooks|shutdown hooks",
            () -> Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, "leaked hook"))),
        leak("beans", "JMX beans", () -> ManagementFactory.getPlatformMBeanServer().registerMBean(new StandardMBean(() -> 5, Shown.class),
            new ObjectName("leaks:type=Leaked,number=" + counter++))),
        leak("string builder", "static Leaks.LOG", () -> LOG.append("one more line of a log that nobody reads and that nobody ends ".repeat(20))),
        leak("slots of an array", "static Leaks.SLOTS", () -> SLOTS[counter++] = new Order("", new byte[40])),
        leak("concurrent queue", "static Leaks.QUEUE", () -> QUEUE.add(order())),
        leak("megabyte in twenty", "static Leaks.LIST", () -> {
          if (counter++ % 20 == 0) {
            LIST.add(new byte[50_000]);
          }
        }),
        leak("maps in a list", "static Leaks.NESTED", () -> NESTED.add(new HashMap<>(Map.of(next(), new byte[20])))));
  }

  /** What a bean shows. */
  public interface Shown {
    int getNumber();
  }

  static sun.misc.Unsafe unsafe() throws ReflectiveOperationException {
    Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    return (sun.misc.Unsafe) field.get(null);
  }

  static Path someFile() throws IOException {
    Path file = Files.createTempFile("guards", ".txt");
    file.toFile().deleteOnExit();
    return file;
  }
}
