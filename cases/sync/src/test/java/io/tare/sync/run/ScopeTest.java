package io.tare.sync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.sync.source.FileContent;
import io.tare.sync.source.LocalSource;
import io.tare.sync.source.Place;
import io.tare.sync.source.Source;
import io.tare.sync.state.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters, and what they must never delete. */
class ScopeTest {
  private static final Deletes HALF = Deletes.upToPercent(50);

  @TempDir
  Path directory;
  private Mirror mirror;

  @BeforeEach
  void fill() throws Exception {
    mirror = Mirror.in(directory);
    for (String path : new String[] {"a/one.txt", "a/two.tmp", "b/three.txt", "b/deep/four.tmp", "five.txt"}) {
      mirror.write(path, "content of " + path);
    }
  }

  @Test
  void onlyWhatTheFilterWantsIsBrought() throws Exception {
    mirror.run(Mirror.excluding(Verify.SIZE, "*.tmp", "/b/**"), Deletes.NONE);
    assertThat(Mirror.tree(mirror.destination()).keySet()).isEqualTo(Set.of("a/one.txt", "five.txt"));
  }

  @Test
  void whatIsLeftOutLaterIsNeitherDeletedNorCounted() throws Exception {
    mirror.run(Scope.USUAL, Deletes.NONE);
    Files.delete(mirror.source().resolve("five.txt"));
    RunResult result = mirror.run(Mirror.excluding(Verify.SIZE, "/b/**"), HALF);
    assertThat(result.transfer().orElseThrow().deleted()).isEqualTo(1);
    assertThat(result.count().of(FileState.DELETED_IN_SOURCE)).isZero();
    assertThat(Mirror.tree(mirror.destination()).keySet())
        .isEqualTo(Set.of("a/one.txt", "a/two.tmp", "b/three.txt", "b/deep/four.tmp"));
    RunResult again = mirror.run(Scope.USUAL, HALF);
    assertThat(again.transfer().orElseThrow()).as("found there").isEqualTo(TransferCount.NONE);
  }

  @Test
  void aScanThatWasCutUnderAnotherFilterBeginsAgain() throws Exception {
    mirror.run(Scope.USUAL, Deletes.NONE);
    Source broken = new Broken(LocalSource.open(mirror.source()), "a/");
    assertThatThrownBy(() -> mirror.run(Mirror.excluding(Verify.SIZE, "/b/**"), HALF, broken))
        .isInstanceOf(IOException.class);
    RunResult result = mirror.run(Scope.USUAL, Deletes.upToPercent(100));
    assertThat(result.transfer().orElseThrow()).isEqualTo(TransferCount.NONE);
    assertThat(Mirror.tree(mirror.destination())).isEqualTo(Mirror.tree(mirror.source()));
  }

  @Test
  void filesThatOthersPutThereStay() throws Exception {
    mirror.run(Scope.USUAL, Deletes.NONE);
    Files.writeString(mirror.destination().resolve("a/not-ours"), "of somebody else");
    Files.delete(mirror.source().resolve("a/one.txt"));
    mirror.run(Scope.USUAL, HALF);
    assertThat(mirror.destination().resolve("a/one.txt")).doesNotExist();
    assertThat(mirror.destination().resolve("a/not-ours")).hasContent("of somebody else");
  }

  @Test
  void moreDeletionsThanTheNumberAreHeldBackAllOfThem() throws Exception {
    mirror.run(Scope.USUAL, Deletes.NONE);
    Files.delete(mirror.source().resolve("a/one.txt"));
    Files.delete(mirror.source().resolve("a/two.tmp"));
    assertThat(mirror.run(Scope.USUAL, Deletes.upToFiles(1)).deletesHeldBack()).isEqualTo(2);
    assertThat(Mirror.tree(mirror.destination())).hasSize(5);
    assertThat(mirror.run(Scope.USUAL, Deletes.upToFiles(2)).transfer().orElseThrow().deleted()).isEqualTo(2);
    assertThat(Mirror.tree(mirror.destination())).isEqualTo(Mirror.tree(mirror.source()));
  }

  @Test
  void aNumberNeverTakesTheLastFile() throws Exception {
    mirror.run(Scope.USUAL, Deletes.NONE);
    Files.move(mirror.source(), directory.resolve("elsewhere"));
    Files.createDirectories(mirror.source());
    assertThat(mirror.run(Scope.USUAL, Deletes.upToFiles(1000)).deletesHeldBack()).isEqualTo(5);
    assertThat(Mirror.tree(mirror.destination())).hasSize(5);
  }

  /** A directory in which one place can't be read. */
  private record Broken(Source real, String place) implements Source {
    @Override
    public String identity() {
      return real.identity();
    }

    @Override
    public void list(Place listed, PageReader reader) throws IOException, InterruptedException {
      if (listed.path().equals(place)) {
        throw new IOException("can't be listed today");
      }
      real.list(listed, reader);
    }

    @Override
    public FileContent open(String path) throws IOException, InterruptedException {
      return real.open(path);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
