package io.tare.heap.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.store.Bits.Ranks;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitsTest {
  @TempDir
  Path folder;

  @Test
  void neighboursAndRanksAreThoseOfASortedSet() {
    long seed = new Random().nextLong(1_000_000);
    Random random = new Random(seed);
    TreeSet<Long> members = new TreeSet<>();
    try (Storage storage = new Storage(Long.MAX_VALUE, folder); Bits bits = new Bits(storage, 5000)) {
      for (int i = 0; i < 300; i++) {
        long member = random.nextInt(5000);
        members.add(member);
        bits.set(member);
      }
      try (Ranks ranks = new Ranks(storage, bits)) {
        for (long at = 0; at < 5000; at++) {
          Long next = members.ceiling(at);
          Long previous = members.floor(at);
          assertThat(bits.next(at)).as("seed %d, %d", seed, at).isEqualTo(next == null ? -1 : next);
          assertThat(bits.previous(at)).as("seed %d, %d", seed, at).isEqualTo(previous == null ? -1 : previous);
          assertThat(ranks.rank(at)).as("seed %d, %d", seed, at).isEqualTo(members.headSet(at).size());
        }
      }
    }
  }
}
