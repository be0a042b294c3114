package io.tare.offsets.state;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * The ways to write down which of the offsets behind the next one are done. Each says how many offsets it could tell of before
 * its room ended.
 */
enum Form {
  /** One bit an offset: the fewest where about half is done, and always the same. */
  BITMAP('b') {
    @Override
    int write(BitSet done, int offsets, Bits out) {
      int told = 0;
      while (told < offsets && out.put(done.get(told) ? 1 : 0, 1)) {
        told++;
      }
      return told;
    }

    @Override
    void read(Bits in, int offsets, BitSet done) throws NotAState {
      for (int offset = 0; offset < offsets; offset++) {
        done.set(offset, in.get(1) == 1);
      }
    }
  },

  /** Lengths of runs, one of open offsets and one of done ones in turn: for what is done in blocks. */
  RUNS('r') {
    @Override
    int write(BitSet done, int offsets, Bits out) {
      List<Integer> runs = runs(done, offsets);
      int[] lowBits = {fewestBits(everySecond(runs, 0)), fewestBits(everySecond(runs, 1))};
      if (!out.put(lowBits[0], WIDTH_OF_LOW_BITS) || !out.put(lowBits[1], WIDTH_OF_LOW_BITS)) {
        return 0;
      }
      int told = 0;
      for (int i = 0; i < runs.size() && out.putGolomb(runs.get(i) - 1, lowBits[i % 2]); i++) {
        told += runs.get(i);
      }
      return told;
    }

    private static List<Integer> runs(BitSet done, int offsets) {
      List<Integer> runs = new ArrayList<>();
      boolean isDone = false;
      for (int at = 0; at < offsets; isDone = !isDone) {
        int end = isDone ? done.nextClearBit(at) : done.nextSetBit(at);
        int to = end < 0 ? offsets : Math.min(end, offsets);
        runs.add(to - at);
        at = to;
      }
      return runs;
    }

    private static List<Integer> everySecond(List<Integer> runs, int first) {
      List<Integer> some = new ArrayList<>();
      for (int i = first; i < runs.size(); i += 2) {
        some.add(runs.get(i));
      }
      return some;
    }

    private static int fewestBits(List<Integer> runs) {
      return fewest(low -> runs.stream().mapToLong(run -> Bits.golombBits(run - 1, low)).sum());
    }

    @Override
    void read(Bits in, int offsets, BitSet done) throws NotAState {
      int[] lowBits = {(int) in.get(WIDTH_OF_LOW_BITS), (int) in.get(WIDTH_OF_LOW_BITS)};
      int at = 0;
      for (int i = 0; at < offsets; i++) {
        long run = in.getGolomb(lowBits[i % 2]) + 1;
        if (run > offsets - at) {
          throw new NotAState("a run of " + run + " offsets where " + (offsets - at) + " are left");
        }
        done.set(at, at + (int) run, i % 2 == 1);
        at += (int) run;
      }
    }
  },

  /** The gaps between the offsets of the rarer kind: for few open ones among many, or few done ones. */
  GAPS('g') {
    @Override
    int write(BitSet done, int offsets, Bits out) {
      boolean rareIsDone = done.get(0, offsets).cardinality() * 2 < offsets;
      List<Integer> gaps = gaps(done, offsets, rareIsDone);
      int lowBits = fewest(low -> gaps.stream().mapToLong(gap -> (gap >>> low) + 1 + low).sum());
      if (!out.put(rareIsDone ? 1 : 0, 1) || !out.put(lowBits, WIDTH_OF_LOW_BITS)) {
        return 0;
      }
      int told = 0;
      for (int i = 0; i < gaps.size() && out.putRice(gaps.get(i), lowBits); i++) {
        told = Math.min(told + gaps.get(i) + 1, offsets);
      }
      return told;
    }

    // Before each rare offset, and behind the last one where others follow.
    private static List<Integer> gaps(BitSet done, int offsets, boolean rareIsDone) {
      List<Integer> gaps = new ArrayList<>();
      for (int at = 0; at < offsets;) {
        int next = rareIsDone ? done.nextSetBit(at) : done.nextClearBit(at);
        int end = next < 0 ? offsets : Math.min(next, offsets);
        gaps.add(end - at);
        at = end + 1;
      }
      return gaps;
    }

    @Override
    void read(Bits in, int offsets, BitSet done) throws NotAState {
      boolean rareIsDone = in.get(1) == 1;
      int lowBits = (int) in.get(WIDTH_OF_LOW_BITS);
      long at = 0;
      while (at < offsets) {
        long gap = in.getRice(lowBits);
        if (gap > offsets - at) {
          throw new NotAState("a gap of " + gap + " offsets where " + (offsets - at) + " are left");
        }
        done.set((int) at, (int) (at + gap), !rareIsDone);
        at += gap;
        if (at < offsets) {
          done.set((int) at, rareIsDone);
          at++;
        }
      }
    }
  };

  private static final int WIDTH_OF_LOW_BITS = 5;
  private static final int MOST_LOW_BITS = 20;

  private final char letter;

  Form(char letter) {
    this.letter = letter;
  }

  char letter() {
    return letter;
  }

  /** Writes as many offsets as there is room for, and returns how many they are. */
  abstract int write(BitSet done, int offsets, Bits out);

  abstract void read(Bits in, int offsets, BitSet done) throws NotAState;

  /** How many low bits make the sum of all codes the smallest. */
  private static int fewest(IntToLongFunction bitsOfAll) {
    int best = 0;
    for (int low = 1; low <= MOST_LOW_BITS; low++) {
      best = bitsOfAll.applyAsLong(low) < bitsOfAll.applyAsLong(best) ? low : best;
    }
    return best;
  }
}
