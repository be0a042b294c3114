import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A heap of many kinds of objects: {@code Load idle|dead|busy MB}. Hardly any of them is dead, or half; or 300 MB a second come and go. */
public class Load {
  record Point(int x, long y, String name) {}

  static final class Node {
    Node next;
    long a;
    long b;
    byte c;
  }

  private static final List<Object> KEPT = new ArrayList<>();
  private static final long BYTES_A_SECOND = 300L << 20;

  public static void main(String[] arguments) throws Exception {
    fill(Long.parseLong(arguments[1]) << 20);
    if (arguments[0].equals("dead")) {
      for (int i = 0; i < KEPT.size(); i += 2) {
        KEPT.set(i, null);
      }
    }
    System.out.println("ready");
    if (arguments[0].equals("busy")) {
      churn();
    }
    Thread.sleep(600_000);
  }

  private static void fill(long goal) {
    Random random = new Random(42);
    for (long used = 0, i = 0; used < goal; i++) {
      Map<String, Integer> map = new HashMap<>(700);
      for (int k = 0; k < 500; k++) {
        map.put("key-" + i + "-" + k, (int) i * 31 + k + 1000);
      }
      List<Object> points = new ArrayList<>(400);
      Node list = null;
      for (int k = 0; k < 400; k++) {
        points.add(new Point(k, i, "p" + k));
        Node node = new Node();
        node.next = list;
        list = node;
      }
      byte[] bytes = new byte[random.nextInt(20_000)];
      List<Object> queue = new LinkedList<>();
      for (int k = 0; k < 100; k++) {
        queue.add(new double[4]);
      }
      KEPT.add(new Object[] {map, points, list, bytes, queue});
      used += 65_000 + 32_000 + 16_000 + 7_500 + bytes.length;
      if (i % 200 == 0) {
        KEPT.add(new byte[1_500_000 + random.nextInt(3_000_000)]);
        used += 3_000_000;
      }
    }
  }

  private static void churn() throws InterruptedException {
    Object[] ring = new Object[60_000];
    Random random = new Random(1);
    long began = System.nanoTime();
    long done = 0;
    for (int at = 0;; at++) {
      Object made = (at & 1) == 0 ? new byte[random.nextInt(800)] : new Point(at, done, "p");
      done += (at & 1) == 0 ? 416 : 32;
      ring[at % ring.length] = made;
      long aheadNanos = (long) (done * 1e9 / BYTES_A_SECOND) - (System.nanoTime() - began);
      if (aheadNanos > 2_000_000) {
        Thread.sleep(aheadNanos / 1_000_000);
      }
    }
  }
}
