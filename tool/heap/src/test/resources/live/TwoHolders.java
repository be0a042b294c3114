import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Lets two hold the same pile, in the way that is asked for, and dumps its heap. Runs from source on JDK 17 and later. */
public class TwoHolders {
  static class Cache {
    static Object held;
    static final Map<String, Object> BY_NAME = new HashMap<>();
    static final List<Object> RECENT = new ArrayList<>();
    static final ThreadLocal<Object> MINE = new ThreadLocal<>();
    static Registry registry;
  }

  static class Audit {
    static Object trail;
    static final Map<Integer, Object> BY_ID = new ConcurrentHashMap<>();
    static final ArrayDeque<Object> QUEUE = new ArrayDeque<>();
  }

  static class Registry {
    Object active;
    Object archived;
  }

  static class Worker extends Thread {
    Object task;
    final CountDownLatch parked;

    Worker(Object task, CountDownLatch parked) {
      super("worker");
      this.task = task;
      this.parked = parked;
      setDaemon(true);
    }

    @Override
    public void run() {
      parked.countDown();
      rest();
    }
  }

  static void rest() {
    try {
      Thread.sleep(1_000_000);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  static void keepsInLocal(Object pile, CountDownLatch parked) {
    Object local = pile;
    parked.countDown();
    rest();
    System.out.println(local.hashCode());
  }

  static void startKeeper(Object pile, String name) throws InterruptedException {
    CountDownLatch parked = new CountDownLatch(1);
    Thread thread = new Thread(() -> keepsInLocal(pile, parked), name);
    thread.setDaemon(true);
    thread.start();
    parked.await();
    Thread.sleep(100);
  }

  static Object pile() {
    Object[] pile = new Object[20_000];
    for (int i = 0; i < pile.length; i++) {
      pile[i] = new byte[300];
    }
    return pile;
  }

  static void hold(String how, Object pile) throws Exception {
    switch (how) {
      case "fields" -> {
        Cache.held = pile;
        Audit.trail = pile;
      }
      case "local" -> {
        Cache.held = pile;
        startKeeper(pile, "keeper");
      }
      case "maps" -> {
        Cache.BY_NAME.put("prices", pile);
        Audit.BY_ID.put(17, pile);
      }
      case "list-and-map" -> {
        Cache.RECENT.add(pile);
        Audit.BY_ID.put(17, pile);
      }
      case "registry" -> {
        Cache.registry = new Registry();
        Cache.registry.active = List.of(pile);
        Cache.registry.archived = List.of(pile);
      }
      case "thread-local" -> {
        Cache.MINE.set(pile);
        Audit.trail = pile;
      }
      case "thread-field" -> {
        CountDownLatch parked = new CountDownLatch(1);
        new Worker(pile, parked).start();
        parked.await();
        Cache.held = pile;
      }
      case "deque" -> {
        Audit.QUEUE.add(pile);
        Cache.held = new Object[] {null, pile};
      }
      case "waiting-task" -> {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>(), task -> {
          Thread thread = new Thread(task, "pool");
          thread.setDaemon(true);
          return thread;
        });
        pool.execute(TwoHolders::rest);
        pool.execute(() -> System.out.println(pile));
        Cache.registry = new Registry();
        Cache.registry.active = pool;
        Audit.trail = pile;
      }
      case "two-locals" -> {
        startKeeper(pile, "first");
        startKeeper(pile, "second");
      }
      default -> throw new IllegalArgumentException(how);
    }
  }

  public static void main(String[] args) throws Exception {
    hold(args[1], pile());
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], true);
    System.exit(0);
  }
}
