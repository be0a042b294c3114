package io.tare.sync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.sync.destination.LocalDestination;
import io.tare.sync.rewrite.BatchedRewrite;
import io.tare.sync.rewrite.Rewrite;
import io.tare.sync.rewrite.WholeRewrite;
import io.tare.sync.source.FileContent;
import io.tare.sync.source.Listing;
import io.tare.sync.source.LocalSource;
import io.tare.sync.source.Place;
import io.tare.sync.source.Source;
import io.tare.sync.source.Unavailable;
import io.tare.sync.state.Durability;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncRunTest {
  private static final StateOptions OPTIONS = new StateOptions(1L << 30, Durability.EVERY_PHASE);
  private static final RunOptions PLAIN = options(new BatchedRewrite(3), false, false);
  private static final RunOptions DELETING = options(new BatchedRewrite(3), true, false);

  @TempDir
  Path directory;
  private Path source;
  private Path destination;

  @BeforeEach
  void fill() throws IOException {
    source = Files.createDirectories(directory.resolve("source"));
    destination = directory.resolve("destination");
    for (int i = 0; i < 40; i++) {
      write("d" + i % 4 + "/e" + i % 3 + "/file-" + i, "content " + i);
    }
  }

  @Test
  void theFirstRunBringsAllAndTheSecondNothing() throws Exception {
    assertThat(run(PLAIN).transfer().orElseThrow().arrived()).isEqualTo(40);
    assertThat(tree(destination)).isEqualTo(tree(source));
    RunResult second = run(PLAIN);
    assertThat(second.transfer().orElseThrow()).isEqualTo(TransferCount.NONE);
    assertThat(second.count().of(FileState.SYNCED)).isEqualTo(40);
  }

  @Test
  void theNaiveWayGivesTheSame() throws Exception {
    run(options(new WholeRewrite(), false, false));
    write("d0/new", "new");
    Files.delete(source.resolve("d1/e1/file-1"));
    RunResult second = run(options(new WholeRewrite(), true, false));
    assertThat(second.transfer().orElseThrow().deleted()).isEqualTo(1);
    assertThat(tree(destination)).isEqualTo(tree(source));
  }

  @Test
  void onlyWhatChangedIsBroughtAgain() throws Exception {
    run(PLAIN);
    write("d0/e0/file-0", "changed");
    write("new/file", "new");
    RunResult second = run(PLAIN);
    assertThat(second.transfer().orElseThrow().arrived()).isEqualTo(2);
    assertThat(tree(destination)).isEqualTo(tree(source));
  }

  @Test
  void whatIsDeletedInTheSourceStaysUnlessDeletingIsAskedFor() throws Exception {
    run(PLAIN);
    Files.delete(source.resolve("d0/e0/file-0"));
    RunResult kept = run(PLAIN);
    assertThat(kept.count().of(FileState.DELETED_IN_SOURCE)).isEqualTo(1);
    assertThat(destination.resolve("d0/e0/file-0")).exists();
    RunResult deleted = run(DELETING);
    assertThat(deleted.transfer().orElseThrow().deleted()).isEqualTo(1);
    assertThat(destination.resolve("d0/e0/file-0")).doesNotExist();
    assertThat(tree(destination)).isEqualTo(tree(source));
    assertThat(deleted.count().of(FileState.DELETED_IN_SOURCE)).isZero();
  }

  @Test
  void aFileThatComesBackIsBroughtAgain() throws Exception {
    run(PLAIN);
    Files.delete(source.resolve("d0/e0/file-0"));
    run(PLAIN);
    write("d0/e0/file-0", "back");
    run(DELETING);
    assertThat(tree(destination)).isEqualTo(tree(source));
  }

  @Test
  void aDryRunChangesNothingAtTheDestination() throws Exception {
    RunResult dry = run(options(new BatchedRewrite(3), true, true));
    assertThat(dry.transfer()).isEmpty();
    assertThat(dry.count().of(FileState.NEW)).isEqualTo(40);
    assertThat(dry.count().bytesWaiting()).isPositive();
    assertThat(tree(destination)).isEmpty();
    write("later", "after the dry run");
    assertThat(run(PLAIN).transfer().orElseThrow().arrived()).isEqualTo(41);
  }

  @Test
  void aScanThatFailsDeletesNothingAndGoesOnWhereItWas() throws Exception {
    run(PLAIN);
    FailingSource failing = new FailingSource(LocalSource.open(source), "d2/");
    assertThatThrownBy(() -> run(DELETING, failing)).isInstanceOf(IOException.class)
        .hasMessage("d2/ can't be listed today");
    assertThat(tree(destination)).isEqualTo(tree(source));
    FailingSource healed = new FailingSource(LocalSource.open(source), "none");
    RunResult result = run(DELETING, healed);
    assertThat(result.transfer().orElseThrow()).isEqualTo(TransferCount.NONE);
    assertThat(healed.listed).contains("d2/").doesNotContain("");
  }

  @Test
  void aDestinationThatBreaksStopsTheRunAndKeepsWhatWasDone() throws Exception {
    try (StateCache cache = open(); Source from = LocalSource.open(source)) {
      BreakingDestination breaking = new BreakingDestination(LocalDestination.open(destination), 10);
      assertThatThrownBy(() -> new SyncRun(cache, PLAIN, Progress.silent(), RunLog.NONE).run(from, breaking))
          .isInstanceOf(Unavailable.class);
      assertThat(StateCount.of(cache).of(FileState.SYNCED)).isEqualTo(10);
      BreakingDestination whole = new BreakingDestination(LocalDestination.open(destination), 1000);
      RunResult result = new SyncRun(cache, PLAIN, Progress.silent(), RunLog.NONE).run(from, whole);
      assertThat(result.transfer().orElseThrow().arrived()).isEqualTo(30);
      assertThat(tree(destination)).isEqualTo(tree(source));
    }
  }

  @Test
  void aFileThatCanNotBeBroughtIsAnErrorAndTriedAgainByTheNextRun() throws Exception {
    Files.createDirectories(destination.resolve("d0/e0/file-0/in-the-way"));
    RunResult first = run(PLAIN);
    assertThat(first.transfer().orElseThrow().failed()).isEqualTo(1);
    assertThat(first.transfer().orElseThrow().firstReasons()).singleElement().asString().startsWith("d0/e0/file-0: ");
    assertThat(first.count().of(FileState.ERROR)).isEqualTo(1);
    Files.delete(destination.resolve("d0/e0/file-0/in-the-way"));
    Files.delete(destination.resolve("d0/e0/file-0"));
    assertThat(run(PLAIN).transfer().orElseThrow().arrived()).isEqualTo(1);
    assertThat(tree(destination)).isEqualTo(tree(source));
  }

  @Test
  void theStateOfAnotherSourceIsRefused() throws Exception {
    run(PLAIN);
    Path other = Files.createDirectories(directory.resolve("other"));
    assertThatThrownBy(() -> run(DELETING, LocalSource.open(other))).isInstanceOf(IOException.class)
        .hasMessageContaining("belongs to the source");
    assertThat(tree(destination)).isEqualTo(tree(source));
  }

  @Test
  void aSourceThatIsGoneDeletesNothing() throws Exception {
    run(PLAIN);
    Map<String, String> before = tree(destination);
    LocalSource from = LocalSource.open(source);
    Files.move(source, directory.resolve("elsewhere"));
    assertThatThrownBy(() -> run(DELETING, from)).isInstanceOf(Unavailable.class);
    assertThat(tree(destination)).isEqualTo(before);
  }

  @Test
  void aSourceThatIsEmptyAllAtOnceDeletesNothingUnlessThatIsSaid() throws Exception {
    run(PLAIN);
    Map<String, String> before = tree(destination);
    Files.move(source, directory.resolve("elsewhere"));
    Files.createDirectories(source);
    RunResult held = run(DELETING);
    assertThat(tree(destination)).isEqualTo(before);
    assertThat(held.deletesHeldBack()).isEqualTo(40);
    assertThat(held.count().of(FileState.DELETED_IN_SOURCE)).isEqualTo(40);
    assertThat(run(deleting(100)).transfer().orElseThrow().deleted()).isEqualTo(40);
    assertThat(tree(destination)).isEmpty();
  }

  @Test
  void evenOneFileIsNotDeletedWhenItIsTheLast() throws Exception {
    Files.move(source, directory.resolve("elsewhere"));
    write("only", "file");
    run(PLAIN);
    Files.delete(source.resolve("only"));
    assertThat(run(DELETING).deletesHeldBack()).isEqualTo(1);
    assertThat(destination.resolve("only")).exists();
  }

  @Test
  void moreThanTheSharePutsOffTheDeletionsButNotTheTransfers() throws Exception {
    run(PLAIN);
    for (int i = 0; i < 11; i++) {
      Files.delete(source.resolve("d" + i % 4 + "/e" + i % 3 + "/file-" + i));
    }
    write("new", "new");
    RunResult held = run(deleting(26));
    assertThat(held.deletesHeldBack()).isEqualTo(11);
    assertThat(held.transfer().orElseThrow().arrived()).isEqualTo(1);
    assertThat(destination.resolve("d0/e0/file-0")).exists();
    RunResult done = run(deleting(27));
    assertThat(done.deletesHeldBack()).isZero();
    assertThat(done.transfer().orElseThrow().deleted()).isEqualTo(11);
    assertThat(tree(destination)).isEqualTo(tree(source));
  }

  @Test
  void aDryRunSaysThatItWouldHoldBack() throws Exception {
    run(PLAIN);
    Files.move(source, directory.resolve("elsewhere"));
    Files.createDirectories(source);
    assertThat(run(options(new BatchedRewrite(3), true, true)).deletesHeldBack()).isEqualTo(40);
  }

  private static RunOptions deleting(int mostPercent) {
    return new RunOptions(new BatchedRewrite(3), Listing.BY_LEVEL, 2, Deletes.upToPercent(mostPercent), false,
        Scope.USUAL, RunOptions.Limits.USUAL);
  }

  private RunResult run(RunOptions options) throws Exception {
    return run(options, LocalSource.open(source));
  }

  private RunResult run(RunOptions options, Source from) throws Exception {
    try (StateCache cache = open(); LocalDestination to = LocalDestination.open(destination)) {
      return new SyncRun(cache, options, Progress.silent(), RunLog.NONE).run(from, to);
    }
  }

  private StateCache open() throws IOException {
    return StateCache.open(directory.resolve("run.state"), OPTIONS);
  }

  private static RunOptions options(Rewrite rewrite, boolean deletes, boolean isDryRun) {
    return new RunOptions(rewrite, Listing.BY_LEVEL, 2,
        deletes ? Deletes.upToPercent(Deletes.USUAL_PERCENT) : Deletes.NONE, isDryRun, Scope.USUAL,
        RunOptions.Limits.USUAL);
  }

  private void write(String path, String content) throws IOException {
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static Map<String, String> tree(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return found;
  }

  /** A directory in which one place can't be read. */
  private record FailingSource(Source real, String broken, List<String> listed) implements Source {
    FailingSource(Source real, String broken) {
      this(real, broken, Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public String identity() {
      return real.identity();
    }

    @Override
    public void list(Place place, PageReader reader) throws IOException, InterruptedException {
      listed.add(place.path());
      if (place.path().equals(broken)) {
        throw new IOException(broken + " can't be listed today");
      }
      real.list(place, reader);
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
