import com.sun.net.httpserver.HttpServer;
import java.beans.PropertyChangeSupport;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.Deflater;

/** Thirty leaks held out: written before the guards were first run on any of them. */
class MoreLeaks {
  enum Color {
    RED
  }

  /** A node of a tree that grows to all sides, of two classes in turn. */
  static final class Branch {
    final List<Leaf> leaves = new ArrayList<>();
  }

  record Leaf(byte[] content) {}

  static final List<Consumer<Object>> CALLBACKS = new CopyOnWriteArrayList<>();
  static final Map<String, List<Leaf>> BY_NAME = new HashMap<>();
  static final PropertyChangeSupport CHANGES = new PropertyChangeSupport("bean");
  static final Logger LOGGER = Logger.getLogger("leaking");
  static final List<Object> PROXIES = new ArrayList<>();
  static final List<MappedByteBuffer> MAPPED = new ArrayList<>();
  static final List<ServerSocket> SOCKETS = new ArrayList<>();
  static final List<DirectoryStream<Path>> DIRECTORIES = new ArrayList<>();
  static final CompletableFuture<String> NEVER_DONE = new CompletableFuture<>();
  static final Exception FAILURE = new Exception("one for all");
  static final List<Deflater> DEFLATERS = new ArrayList<>();
  static final Cleaner CLEANER = Cleaner.create();
  static final EnumMap<Color, List<byte[]>> BY_COLOR = new EnumMap<>(Map.of(Color.RED, new ArrayList<>()));
  static final LinkedBlockingQueue<Leaf> NOBODY_TAKES = new LinkedBlockingQueue<>();
  static final ReferenceQueue<Object> NOT_POLLED = new ReferenceQueue<>();
  static final Set<PhantomReference<Object>> PHANTOMS = new HashSet<>();
  static final List<WeakReference<byte[]>> WEAK_WRAPPERS = new ArrayList<>();
  static final ExecutorService BLOCKED = Executors.newFixedThreadPool(1, Leaks::daemon);
  static final PriorityQueue<Long> PRIORITIES = new PriorityQueue<>();
  static final ConcurrentSkipListMap<Integer, Leaf> SKIP_LIST = new ConcurrentSkipListMap<>();
  static final Branch ROOT = new Branch();
  static final InheritableThreadLocal<Map<Integer, byte[]>> INHERITED = new InheritableThreadLocal<>();
  static final ClassValue<List<byte[]>> OF_CLASS = new ClassValue<>() {
    @Override
    protected List<byte[]> computeValue(Class<?> type) {
      return new ArrayList<>();
    }
  };
  static Object[] chain = new Object[1];
  static byte[][] doubling = new byte[16][];
  static int used;

  private final List<Leaf> field = new ArrayList<>();

  static Leaf leaf() {
    return new Leaf(new byte[80]);
  }

  static List<Leaks.Planted> all(Path file) {
    MoreLeaks local = new MoreLeaks();
    return List.of(
        Leaks.leak("field of a local object", "MoreLeaks).field", () -> local.field.add(leaf())),
        Leaks.leak("captured by lambdas", "static MoreLeaks.CALLBACKS", () -> {
          Leaf captured = leaf();
          CALLBACKS.add(given -> captured.hashCode());
        }),
        Leaks.leak("lists in a map", "static MoreLeaks.BY_NAME",
            () -> BY_NAME.computeIfAbsent("name " + Leaks.counter++ % 7, name -> new ArrayList<>()).add(leaf())),
        Leaks.leak("bean listeners", "static MoreLeaks.CHANGES", () -> {
          Leaf captured = leaf();
          CHANGES.addPropertyChangeListener(event -> captured.hashCode());
        }),
        Leaks.leak("log handlers", "Logger|LOGGER", () -> LOGGER.addHandler(new Silent())),
        Leaks.leak("proxies", "static MoreLeaks.PROXIES", () -> PROXIES.add(Proxy.newProxyInstance(MoreLeaks.class.getClassLoader(),
            new Class<?>[] {Runnable.class}, (InvocationHandler) (proxy, method, arguments) -> null))),
        Leaks.leak("mapped files", "static MoreLeaks.MAPPED", () -> {
          Files.writeString(file, "some text");
          try (FileChannel channel = FileChannel.open(file)) {
            MAPPED.add(channel.map(FileChannel.MapMode.READ_ONLY, 0, 5));
          }
        }),
        Leaks.leak("sockets not closed", "static MoreLeaks.SOCKETS",
            () -> SOCKETS.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))),
        Leaks.leak("directories not closed", "static MoreLeaks.DIRECTORIES",
            () -> DIRECTORIES.add(Files.newDirectoryStream(file.toAbsolutePath().getParent()))),
        Leaks.leak("servers not stopped", "HTTP|HttpServer|threads", () -> {
          HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
          server.start();
        }),
        Leaks.leak("dependents of a future", "static MoreLeaks.NEVER_DONE", () -> NEVER_DONE.thenApply(String::length)),
        Leaks.leak("suppressed exceptions", "static MoreLeaks.FAILURE", () -> FAILURE.addSuppressed(new IOException("again"))),
        Leaks.leak("deflaters not ended", "static MoreLeaks.DEFLATERS", () -> DEFLATERS.add(new Deflater())),
        Leaks.leak("cleaning actions that hold what they clean", "static MoreLeaks.CLEANER|Cleaner", () -> {
          Leaf captured = leaf();
          CLEANER.register(captured, captured::hashCode);
        }),
        Leaks.leak("enum map", "static MoreLeaks.BY_COLOR", () -> BY_COLOR.get(Color.RED).add(new byte[30])),
        Leaks.leak("queue without a consumer", "static MoreLeaks.NOBODY_TAKES", () -> NOBODY_TAKES.add(leaf())),
        Leaks.leak("phantom references", "static MoreLeaks.PHANTOMS", () -> PHANTOMS.add(new PhantomReference<>(new Object(), NOT_POLLED))),
        Leaks.leak("weak references never purged", "static MoreLeaks.WEAK_WRAPPERS",
            () -> WEAK_WRAPPERS.add(new WeakReference<>(new byte[30]))),
        Leaks.leak("tasks behind a blocked one", "static MoreLeaks.BLOCKED|thread \"pool\"", () -> BLOCKED.submit(() -> Leaks.NEVER.await(1, TimeUnit.DAYS))),
        Leaks.leak("priority queue", "static MoreLeaks.PRIORITIES", () -> PRIORITIES.add(10_000L + Leaks.counter++)),
        Leaks.leak("skip list", "static MoreLeaks.SKIP_LIST", () -> SKIP_LIST.put(Leaks.counter++, leaf())),
        Leaks.leak("tree of objects", "static MoreLeaks.ROOT", () -> ROOT.leaves.add(leaf())),
        Leaks.leak("inheritable thread local", "static MoreLeaks.INHERITED", () -> {
          if (INHERITED.get() == null) {
            INHERITED.set(new HashMap<>());
          }
          INHERITED.get().put(Leaks.counter++, new byte[40]);
        }),
        Leaks.leak("value of a class", "ClassValue", () -> OF_CLASS.get(Leaf.class).add(new byte[40])),
        Leaks.leak("chain of arrays", "static MoreLeaks.chain", () -> chain = new Object[] {chain}),
        Leaks.leak("array that doubles", "static MoreLeaks.doubling", () -> {
          if (used == doubling.length) {
            doubling = java.util.Arrays.copyOf(doubling, used * 2);
          }
          doubling[used++] = new byte[24];
        }),
        Leaks.leak("system properties", "System.props", () -> System.setProperty("leaked." + Leaks.counter, "value " + Leaks.counter++)),
        Leaks.leak("pools of fork and join", "ForkJoinPool|executors|thread", () -> new ForkJoinPool(1).submit(() -> {}).get()),
        Leaks.leak("Unsafe.allocateMemory of 8 KB in every second run", "native memory", () -> {
          if (Leaks.counter++ % 2 == 0) {
            Leaks.unsafe().setMemory(Leaks.unsafe().allocateMemory(8192), 8192, (byte) 1);
          }
        }),
        Leaks.leak("delayed tasks", "static Leaks.SCHEDULER", () -> Leaks.SCHEDULER.schedule(() -> leaf(), 1, TimeUnit.DAYS)));
  }

  /** A handler that writes nowhere. */
  static final class Silent extends Handler {
    private final byte[] buffer = new byte[64];

    @Override
    public void publish(LogRecord record) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
