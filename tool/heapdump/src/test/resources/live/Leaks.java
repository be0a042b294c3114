import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Leaks in the way of its second argument and dumps its heap into the file of its first. */
public class Leaks {
  static final Map<Integer, byte[]> REGISTRY = new HashMap<>();
  static final ConcurrentLinkedQueue<byte[]> INBOX = new ConcurrentLinkedQueue<>();
  static final Map<String, Boolean> SEEN = new ConcurrentHashMap<>();
  static final Map<Integer, String> CACHE = new LinkedHashMap<>();
  static final List<Runnable> TASKS = new ArrayList<>();
  static final List<ClassLoader> DRIVERS = new ArrayList<>();
  static final Button BUTTON = new Button();
  static final ThreadLocal<List<byte[]>> SCRATCH = ThreadLocal.withInitial(ArrayList::new);
  static final int MANY = 20_000;

  interface Listener {}

  static class Button {
    final List<Listener> listeners = new ArrayList<>();
  }

  static class Screen implements Listener {
    final byte[] pixels = new byte[300];
  }

  static class Request {
    final byte[] body = new byte[300];

    Runnable later() {
      return new Runnable() {
        @Override
        public void run() {
          System.out.println(body.length);
        }
      };
    }
  }

  static class PluginLoader extends URLClassLoader {
    final byte[] code = new byte[6_000_000];

    PluginLoader() {
      super(new URL[0]);
    }
  }

  static class Handle {
    final byte[] state = new byte[300];

    @Override
    protected void finalize() throws InterruptedException {
      Thread.sleep(1_000_000);
    }
  }

  public static void main(String[] args) throws Exception {
    CountDownLatch ready = new CountDownLatch(1);
    for (int i = 0; i < MANY; i++) {
      switch (args[1]) {
        case "map" -> REGISTRY.put(i, new byte[300]);
        case "listeners" -> BUTTON.listeners.add(new Screen());
        case "queue" -> INBOX.add(new byte[300]);
        case "set" -> SEEN.put("order " + i + " ".repeat(200), true);
        case "cache" -> CACHE.put(i, "page " + i + " ".repeat(200));
        case "capture" -> TASKS.add(new Request().later());
        case "finalizer" -> new Handle();
        case "intern" -> REGISTRY.put(i, ("name " + i + " ".repeat(300)).intern().getBytes());
        default -> {}
      }
    }
    if (args[1].equals("loader")) {
      DRIVERS.add(new PluginLoader());
    }
    Thread worker = new Thread(() -> {
      for (int i = 0; i < MANY && args[1].equals("threadlocal"); i++) {
        SCRATCH.get().add(new byte[300]);
      }
      ready.countDown();
      try {
        Thread.sleep(1_000_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }, "worker-3");
    worker.setDaemon(true);
    worker.start();
    ready.await();
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], true);
  }
}
