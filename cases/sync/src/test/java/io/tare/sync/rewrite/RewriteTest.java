package io.tare.sync.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.sync.bench.SyntheticFiles;
import io.tare.sync.state.Durability;
import io.tare.sync.state.FileCursor;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RewriteTest {
  private static final StateOptions OPTIONS = new StateOptions(1L << 30, Durability.EVERY_PHASE);
  private static final Change CHANGE = Change.PREPARE;

  @TempDir
  Path directory;

  static Stream<Rewrite> ways() {
    return Stream.of(new WholeRewrite(), new BatchedRewrite(1), new BatchedRewrite(7), new BatchedRewrite(300),
        new BatchedRewrite(10_000), new CopyingRewrite(50, 20), new HeldReaderRewrite(new BatchedRewrite(64)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyWayChangesTheSameFilesAndNoOthers(Rewrite rewrite) throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (StateCache cache = open()) {
      Map<String, FileState> expected = new TreeMap<>();
      cache.write(transaction -> {
        for (int i = 0; i < 300; i++) {
          FileState state = FileState.values()[random.nextInt(FileState.values().length)];
          FileEntry entry = SyntheticFiles.file(i).with(state);
          transaction.put(entry);
          expected.put(entry.path(), state == CHANGE.from() ? CHANGE.to() : state);
        }
        return true;
      });
      RewriteResult result = rewrite.apply(CHANGE, cache, RewriteListener.NOBODY);
      assertThat(states(cache)).as("seed " + seed).isEqualTo(expected);
      assertThat(result.visited()).isEqualTo(300);
      assertThat(result.changed())
          .isEqualTo(expected.values().stream().filter(state -> state == CHANGE.to()).count() - kept(seed));
    }
  }

  /** How many were in the new state before. */
  private static long kept(long seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> FileState.values()[random.nextInt(FileState.values().length)]).limit(300)
        .filter(state -> state == CHANGE.to()).count();
  }

  @Test
  void anEmptyStateFileIsDoneAtOnce() throws IOException {
    try (StateCache cache = open()) {
      assertThat(new BatchedRewrite(10).apply(CHANGE, cache, RewriteListener.NOBODY))
          .isEqualTo(new RewriteResult(0, 0));
    }
  }

  @Test
  void batchesThatWereCutGoOnWhereTheLastCommitWas() throws IOException {
    try (StateCache cache = open()) {
      SyntheticFiles.fill(cache, 1000);
      BatchedRewrite batches = new BatchedRewrite(100);
      assertThatThrownBy(() -> batches.apply(CHANGE, cache, (moment, count, files) -> {
        if (count == 4) {
          throw new IllegalStateException("cut");
        }
      })).hasMessage("cut");
      RewriteResult rest = batches.apply(CHANGE, cache, RewriteListener.NOBODY);
      assertThat(rest).isEqualTo(new RewriteResult(600, 600));
      assertThat(states(cache)).hasSize(1000).allSatisfy((path, state) -> assertThat(state).isEqualTo(CHANGE.to()));
    }
  }

  @Test
  void aFileWhoseKeyComesNextMayBeDeletedBetweenTwoBatches() throws IOException {
    try (StateCache cache = open()) {
      SyntheticFiles.fill(cache, 30);
      new BatchedRewrite(10).apply(CHANGE, cache, (moment, count, files) -> {
        if (count == 1) {
          cache.write(transaction -> transaction.remove(SyntheticFiles.file(10).path()));
        }
      });
      assertThat(states(cache)).hasSize(29).allSatisfy((path, state) -> assertThat(state).isEqualTo(CHANGE.to()));
    }
  }

  @Test
  void batchesHardlyGrowTheFileAndOneGiantWriteOrAHeldReaderDoubleIt() throws IOException {
    assertThat(growth(new BatchedRewrite(1000))).isLessThan(1.1);
    assertThat(growth(new WholeRewrite())).isGreaterThan(1.8);
    assertThat(growth(new HeldReaderRewrite(new BatchedRewrite(1000)))).isGreaterThan(1.8);
  }

  private double growth(Rewrite rewrite) throws IOException {
    try (StateCache cache = StateCache.open(directory.resolve(rewrite.getClass().getSimpleName()), OPTIONS)) {
      SyntheticFiles.fill(cache, 50_000);
      double before = cache.size().allocatedBytes();
      rewrite.apply(CHANGE, cache, RewriteListener.NOBODY);
      return cache.size().allocatedBytes() / before;
    }
  }

  private StateCache open() throws IOException {
    return StateCache.open(directory.resolve("test.state"), OPTIONS);
  }

  private static Map<String, FileState> states(StateCache cache) {
    return cache.read(transaction -> {
      Map<String, FileState> states = new TreeMap<>();
      FileCursor files = transaction.files();
      for (boolean found = files.first(); found; found = files.next()) {
        states.put(files.entry().path(), files.state());
      }
      return states;
    });
  }
}
