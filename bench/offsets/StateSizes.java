import io.confluent.parallelconsumer.offsets.OffsetSimultaneousEncoder;
import io.tare.offsets.state.CommitPoint;
import io.tare.offsets.state.StateText;
import io.tare.offsets.tracker.Standing;
import java.util.Base64;
import java.util.BitSet;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;

/**
 * Bytes of metadata for N offsets of which some are open, the first one among them: the mean of 20 draws, both ways on the same
 * draws. Open ones lie anywhere ("chance"), or in blocks of 64 on average ("blocks"), as batches under way would. Run by
 * {@code bench/offsets/sizes}.
 */
public final class StateSizes {
  private static final int DRAWS = 20;
  private static final int BLOCK = 64;
  private static final int NO_BOUND = 1 << 20;

  public static void main(String[] arguments) throws Exception {
    System.out.println("| offsets | open | here, bytes | in 4,096: kept | parallel-consumer, bytes | in 4,096: kept |");
    System.out.println("|---|---|---|---|---|---|");
    for (String kind : new String[] {"chance", "blocks"}) {
      for (int offsets : new int[] {100, 10_000, 100_000}) {
        for (int percent : new int[] {1, 10, 50}) {
          if (kind.equals("chance") || offsets >= 10_000) {
            row(kind, offsets, percent);
          }
        }
      }
    }
  }

  private static void row(String kind, int offsets, int percent) throws Exception {
    double ours = 0;
    double kept = 0;
    double theirs = 0;
    double theirsKept = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      BitSet done = done(kind.equals("blocks") ? BLOCK : 1, offsets, percent, new Random(draw));
      Standing standing = new Standing(0, done);
      ours += StateText.write(standing, NO_BOUND).metadata().length();
      CommitPoint bounded = StateText.write(standing, StateText.USUAL_BYTES);
      if (!StateText.read(0, bounded.metadata()).doneBehind().equals(done.get(0, StateText.read(0, bounded.metadata()).doneBehind().length()))) {
        throw new IllegalStateException("what was written is not what is read");
      }
      kept += 1 - (double) bounded.leftOut() / done.cardinality();
      TreeSet<Long> open = new TreeSet<>();
      for (int at = done.nextClearBit(0); at < offsets; at = done.nextClearBit(at + 1)) {
        open.add((long) at);
      }
      byte[] packed = new OffsetSimultaneousEncoder(0, offsets - 1, open).invoke().packSmallest();
      int letters = Base64.getEncoder().encodeToString(packed).length();
      theirs += letters;
      // It sends no metadata at all when it is larger than the room.
      theirsKept += letters <= StateText.USUAL_BYTES ? 1 : 0;
    }
    System.out.printf(Locale.ROOT, "| %,d, %s | %d %% | %,.0f | %.0f %% | %,.0f | %.0f %% |%n", offsets, kind, percent,
        ours / DRAWS, 100 * kept / DRAWS, theirs / DRAWS, 100 * theirsKept / DRAWS);
  }

  private static BitSet done(int mean, int offsets, int percent, Random random) {
    BitSet done = new BitSet();
    done.set(1, offsets);
    int goal = Math.max(1, (int) (offsets * (long) percent / 100));
    while (offsets - done.cardinality() < goal) {
      int from = 1 + random.nextInt(offsets - 2);
      done.clear(from, Math.min(offsets - 1, from + 1 + random.nextInt(2 * mean - 1)));
    }
    return done;
  }
}
