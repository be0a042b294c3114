import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A load of so much work, whatever time that takes: KIND BYTES ROUNDS. It ends by itself, with 0 where all was done. */
public final class Load {
  private static final int BLOCK = 4096;

  private static volatile Object last = "";

  private Load() {}

  public static void main(String[] words) {
    int bytes = Integer.parseInt(words[1]);
    int rounds = Integer.parseInt(words[2]);
    switch (words[0]) {
      case "records" -> records(bytes, rounds);
      case "buffers" -> buffers(bytes, rounds);
      case "sessions" -> sessions(bytes, rounds);
      case "batch" -> batch(bytes, rounds);
      case "groups" -> groups(bytes, rounds);
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  /** A store whose records are replaced at random: what dies is old. */
  private static void records(int bytes, int rounds) {
    byte[][] store = new byte[bytes / BLOCK][];
    Random random = new Random(1);
    for (int i = 0; i < store.length * (rounds + 1); i++) {
      store[i < store.length ? i : random.nextInt(store.length)] = new byte[BLOCK / 2 + random.nextInt(BLOCK)];
    }
    last = store;
  }

  /** A pool of direct buffers beside a small heap that makes garbage. */
  private static void buffers(int bytes, int rounds) {
    ByteBuffer[] pool = new ByteBuffer[64];
    byte[][] kept = new byte[bytes / 2 / BLOCK][];
    Random random = new Random(1);
    for (int i = 0; i < rounds * 200_000; i++) {
      int at = random.nextInt(pool.length);
      if (pool[at] == null) {
        pool[at] = ByteBuffer.allocateDirect(bytes / 2 / pool.length);
      }
      pool[at].put(random.nextInt(pool[at].capacity()), (byte) i);
      if (kept[i % kept.length] == null) {
        kept[i % kept.length] = new byte[BLOCK];
      }
      last = new byte[BLOCK];
    }
    for (ByteBuffer one : pool) {
      while (one != null && one.hasRemaining()) {
        one.put((byte) 1);
      }
    }
    last = List.of(pool, kept);
  }

  /** Sessions of strings, the least used dropped; each request makes garbage. */
  private static void sessions(int bytes, int rounds) {
    int most = bytes / 4000;
    Map<Integer, List<String>> sessions = new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, List<String>> eldest) {
        return size() > most;
      }
    };
    Random random = new Random(2);
    for (int request = 0; request < most * (rounds + 1); request++) {
      int id = (int) (Math.abs(random.nextGaussian()) * most);
      List<String> session = sessions.computeIfAbsent(id, ignored -> new ArrayList<>());
      session.add("request " + request + " of " + id + " ".repeat(300));
      if (session.size() > 10) {
        session.remove(0);
      }
      byte[] answer = new byte[10_000];
      answer[request % answer.length] = 1;
      last = answer;
    }
    last = sessions;
  }

  /** Jobs with large arrays, one after another. */
  private static void batch(int bytes, int rounds) {
    Random random = new Random(3);
    for (int job = 0; job < rounds; job++) {
      long[] numbers = new long[bytes / 2 / Long.BYTES];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = random.nextLong();
      }
      long[] sorted = numbers.clone();
      Arrays.sort(sorted, 0, sorted.length / 8);
      last = sorted;
    }
  }

  /** Counts by key: small objects that all die at the end of a round. */
  private static void groups(int bytes, int rounds) {
    Random random = new Random(4);
    for (int round = 0; round < rounds; round++) {
      Map<Long, Long> counts = new HashMap<>();
      for (int i = 0; i < bytes / 100; i++) {
        counts.merge(random.nextLong() & 0xfffff, 1L, Long::sum);
        last = Long.toString(i, 36);
      }
      last = counts;
    }
  }
}
