package io.tare.offsets.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.offsets.state.PartitionBook.Receipt;
import io.tare.offsets.tracker.Standing;
import java.util.BitSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class PartitionBookTest {
  @Test
  void whatWasDoneBeforeARestartIsNotWorkedOnAgain() throws NotAState {
    PartitionBook first = book(Standing.at(10));
    for (long offset = 10; offset < 20; offset++) {
      assertThat(first.receive(offset)).isEqualTo(Receipt.WORK);
    }
    for (long offset : new long[] {10, 13, 14, 19}) {
      first.done(offset);
    }
    CommitPoint point = first.commitPoint(StateText.USUAL_BYTES);
    assertThat(point.nextToRead()).as("10 is done: Kafka wants the next one").isEqualTo(11);

    PartitionBook second = book(StateText.read(point.nextToRead(), point.metadata()));
    for (long offset = 11; offset < 22; offset++) {
      boolean doneBefore = offset == 13 || offset == 14 || offset == 19;
      assertThat(second.receive(offset)).isEqualTo(doneBefore ? Receipt.DONE_BEFORE : Receipt.WORK);
    }
  }

  @Test
  void aCommitBeforeAllIsReadAgainForgetsNothing() {
    BitSet done = new BitSet();
    done.set(3);
    done.set(5);
    PartitionBook book = book(new Standing(100, done));
    assertThat(book.commitPoint(StateText.USUAL_BYTES))
        .isEqualTo(StateText.write(new Standing(100, done), StateText.USUAL_BYTES));
    book.receive(100);
    book.receive(101);
    book.done(101);
    done.set(1);
    assertThat(book.commitPoint(StateText.USUAL_BYTES)).as("101 came to it, 103 and 105 stay")
        .isEqualTo(StateText.write(new Standing(100, done), StateText.USUAL_BYTES));
  }

  @Test
  void aCommitGoesOverWhatWasDoneBefore() {
    BitSet done = new BitSet();
    done.set(1, 6);
    PartitionBook book = book(new Standing(100, done));
    book.receive(100);
    book.done(100);
    assertThat(book.commitPoint(StateText.USUAL_BYTES)).isEqualTo(new CommitPoint(106, "", 0));
    assertThat(book.receive(101)).isEqualTo(Receipt.DONE_BEFORE);
    assertThat(book.commitPoint(StateText.USUAL_BYTES)).isEqualTo(new CommitPoint(106, "", 0));
  }

  @Test
  void aFullWindowHoldsBackAndTheMessageIsTakenLater() {
    PartitionBook book = new PartitionBook(Standing.at(0), 1);
    long offset = 0;
    while (book.receive(offset) == Receipt.WORK) {
      offset++;
    }
    assertThat(offset).isEqualTo(80);
    assertThat(book.receive(offset)).isEqualTo(Receipt.HELD_BACK);
    for (long done = 0; done < 40; done++) {
      book.done(done);
    }
    assertThat(book.receive(offset)).isEqualTo(Receipt.WORK);
  }

  /** Consumers one after the other, each with some messages done and then gone: nothing is lost, nothing kept is repeated. */
  @Test
  void overManyRestartsEveryMessageIsDoneOnceAsLongAsTheStateFits() throws NotAState {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    TreeSet<Long> done = new TreeSet<>();
    CommitPoint point = new CommitPoint(0, "", 0);
    for (int life = 0; life < 200; life++) {
      PartitionBook book = book(StateText.read(point.nextToRead(), point.metadata()));
      long end = point.nextToRead() + random.nextInt(300);
      for (long offset = point.nextToRead(); offset < end; offset += random.nextInt(20) == 0 ? 2 : 1) {
        if (done.contains(offset)) {
          assertThat(book.receive(offset)).as("offset %d of seed %d", offset, seed).isEqualTo(Receipt.DONE_BEFORE);
        } else {
          assertThat(book.receive(offset)).as("offset %d of seed %d", offset, seed)
              .isIn(Receipt.WORK, Receipt.DONE_BEFORE);
          if (random.nextInt(3) > 0) {
            book.done(offset);
            done.add(offset);
          }
        }
      }
      point = book.commitPoint(StateText.USUAL_BYTES);
      assertThat(point.nextToRead()).isLessThanOrEqualTo(end + 300);
    }
    assertThat(done).isNotEmpty();
  }

  private static PartitionBook book(Standing before) {
    return new PartitionBook(before, 24_000);
  }
}
