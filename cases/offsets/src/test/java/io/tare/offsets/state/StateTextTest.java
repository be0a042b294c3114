package io.tare.offsets.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.offsets.tracker.Standing;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateTextTest {
  /** Large enough for whatever these tests write. */
  private static final int ROOM = 1 << 20;

  @Test
  void whatIsWrittenIsReadBackWhateverIsDone() throws NotAState {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 3_000; i++) {
      Standing standing = new Standing(random.nextLong(1L << 62), someDone(random));
      CommitPoint point = StateText.write(standing, ROOM);
      assertThat(point.leftOut()).isZero();
      assertThat(StateText.read(point.nextToRead(), point.metadata())).as("round %d of seed %d", i, seed)
          .isEqualTo(standing);
    }
  }

  /** Of chance, in blocks, nearly all, nearly none. */
  private static BitSet someDone(RandomGenerator random) {
    int length = 1 + random.nextInt(1 << random.nextInt(1, 13));
    int block = 1 << random.nextInt(8);
    double share = random.nextBoolean() ? random.nextDouble() : random.nextInt(2);
    BitSet done = new BitSet();
    for (int from = 1; from < length; from += block) {
      done.set(from, from + block, random.nextDouble() < share);
    }
    return done;
  }

  /** How many letters a state takes: with a change of these figures, the README's change too. */
  @ParameterizedTest
  @CsvSource({"100, 1, 13, r", "100, 10, 20, g", "100, 50, 26, b", "10000, 1, 149, g", "10000, 10, 806, g",
      "10000, 50, 1677, b", "100000, 1, 1365, g"})
  void aStateTakesAsManyLettersAsTheTableSays(int offsets, int openPercent, int letters, char form) {
    CommitPoint point = StateText.write(Open.ofChance(offsets, openPercent), StateText.USUAL_BYTES);
    assertThat(point.leftOut()).isZero();
    assertThat(point.metadata()).hasSize(letters).startsWith("1" + form);
  }

  @Test
  void whatIsDoneInBlocksIsWrittenAsRuns() {
    BitSet done = new BitSet();
    done.set(1_000, 90_000);
    done.set(91_000, 100_000);
    CommitPoint point = StateText.write(new Standing(0, done), StateText.USUAL_BYTES);
    assertThat(point.metadata()).startsWith("1r").hasSizeLessThan(30);
  }

  @ParameterizedTest
  @CsvSource({"10, 44169", "50, 37702"})
  void whatHasNoRoomIsLeftOutFromTheEndAndCounted(int openPercent, int leftOut) throws NotAState {
    Standing standing = Open.ofChance(100_000, openPercent);
    CommitPoint point = StateText.write(standing, StateText.USUAL_BYTES);
    assertThat(point.metadata().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(4_090, 4_096);
    BitSet told = StateText.read(0, point.metadata()).doneBehind();
    BitSet expected = standing.doneBehind().get(0, told.length());
    assertThat(told).isEqualTo(expected);
    assertThat(point.leftOut()).isEqualTo(leftOut).isEqualTo(standing.doneBehind().cardinality() - told.cardinality());
  }

  @Test
  void soManyOffsetsFitWhicheverAreDone() {
    int fit = StateText.offsetsThatAlwaysFit(StateText.USUAL_BYTES);
    assertThat(fit).isEqualTo(24_504);
    BitSet everySecond = new BitSet();
    for (int offset = 1; offset < fit; offset += 2) {
      everySecond.set(offset);
    }
    assertThat(StateText.write(new Standing(7, everySecond), StateText.USUAL_BYTES).leftOut()).isZero();
    assertThat(StateText.write(Open.ofChance(fit, 50), StateText.USUAL_BYTES).leftOut()).isZero();
    assertThat(StateText.write(Open.ofChance(fit + 1, 50), StateText.USUAL_BYTES).leftOut()).isEqualTo(1);
  }

  @Test
  void withoutRoomTheOffsetGoesAlone() {
    CommitPoint point = StateText.write(Open.ofChance(100, 10), 4);
    assertThat(point).isEqualTo(new CommitPoint(0, "", 90));
  }

  @Test
  void whatAnotherProgramOrVersionWroteIsSaidToBeSo() {
    assertThatThrownBy(() -> StateText.read(5, "bm90IG91cnM=")).isInstanceOf(NotAState.class)
        .hasMessage("metadata that somebody else wrote");
    assertThatThrownBy(() -> StateText.read(5, "2bAAAA")).hasMessage("version 2, and this program knows 1");
    assertThatThrownBy(() -> StateText.read(5, "1xAAAAAAAA")).hasMessage("no form is called x");
    assertThatThrownBy(() -> StateText.read(5, "1b!")).isInstanceOf(NotAState.class)
        .hasMessageStartingWith("not Base64");
    assertThatThrownBy(() -> StateText.read(5, "1bAA")).hasMessage("a text that ends within its checksum");
  }

  @Test
  void aTextOfAnotherOffsetOrADamagedOneIsRefused() {
    CommitPoint point = StateText.write(Open.ofChance(1_000, 10), StateText.USUAL_BYTES);
    assertThatThrownBy(() -> StateText.read(1, point.metadata())).isInstanceOf(NotAState.class)
        .hasMessageContaining("the checksum is not that of offset 1");
    for (int at = 0; at < point.metadata().length() - 1; at++) {
      StringBuilder damaged = new StringBuilder(point.metadata());
      damaged.setCharAt(at, damaged.charAt(at) == 'A' ? 'B' : 'A');
      assertThatThrownBy(() -> StateText.read(0, damaged.toString())).as("letter %d", at).isInstanceOf(NotAState.class);
    }
  }
}
