import java.util.ArrayList;
import java.util.List;

/**
 * A service after its load: an eighth of the size is kept, and much garbage was made beside it. With a second word the load lasts so many
 * seconds, in bursts.
 */
public final class Churn {
  private static final int BLOCK = 10_000;
  private static final int TIMES = 20;
  private static final int PAUSE_MILLIS = 200;

  private static volatile byte[] last = {};

  private Churn() {}

  public static void main(String[] words) throws java.io.IOException, InterruptedException {
    long size = Long.parseLong(words[0]);
    List<byte[]> kept = new ArrayList<>();
    for (long made = 0; made < size / 8; made += BLOCK) {
      kept.add(new byte[BLOCK]);
    }
    long until = System.nanoTime() + (words.length > 1 ? Long.parseLong(words[1]) : 0) * 1_000_000_000;
    do {
      for (long made = 0; made < TIMES * size; made += BLOCK) {
        last = new byte[BLOCK];
      }
      if (words.length > 1) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } while (System.nanoTime() < until);
    System.out.println("{\"ready\":true}");
    while (System.in.read() >= 0) {
      continue;
    }
    System.exit(kept.size() + last.length == 0 ? 1 : 0);
  }
}
