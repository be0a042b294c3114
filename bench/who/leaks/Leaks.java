import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A service that answers requests, and forgets to let go of one thing: {@code Leaks session|listener|cache|queue}. */
public class Leaks {
  static final class Session {
    final String user;
    final Map<String, byte[]> attributes = new HashMap<>();

    Session(int number) {
      user = "user " + number;
      attributes.put("cart", new byte[700]);
      attributes.put("token", new byte[64]);
    }
  }

  static final class PriceListener implements Runnable {
    private final int[] seen = new int[40];

    @Override
    public void run() {
      seen[0]++;
    }
  }

  record Page(String address, byte[] content) {}

  static final class Task {
    Task next;
    final long[] work = new long[30];
  }

  private static final Map<Integer, Session> SESSIONS = new ConcurrentHashMap<>();
  private static final List<Runnable> LISTENERS = new ArrayList<>();
  private static final Map<String, Page> PAGES = new HashMap<>();
  private static Task tasks;
  private static Object[] churn = new Object[20_000];

  public static void main(String[] arguments) throws InterruptedException {
    List<byte[]> ballast = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      ballast.add(new byte[1000]);
    }
    for (int request = 0;; request++) {
      for (int i = 0; i < 300; i++) {
        churn[(request * 300 + i) % churn.length] = new HashMap<>(Map.of("request " + request, new byte[200 + i]));
      }
      switch (arguments[0]) {
        case "session" -> SESSIONS.put(request, new Session(request));
        case "listener" -> LISTENERS.add(new PriceListener());
        case "cache" -> PAGES.put("page " + request, new Page("page " + request, new byte[900]));
        default -> {
          Task task = new Task();
          task.next = tasks;
          tasks = task;
        }
      }
      if (request % 2 == 0) {
        Thread.sleep(5);
      }
    }
  }
}
