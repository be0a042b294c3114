package io.tare.sync.run;

import io.tare.sync.destination.Destination;
import io.tare.sync.destination.LocalDestination;
import io.tare.sync.filter.BadFilter;
import io.tare.sync.filter.PathFilter;
import io.tare.sync.rewrite.BatchedRewrite;
import io.tare.sync.source.Listing;
import io.tare.sync.source.LocalSource;
import io.tare.sync.source.Source;
import io.tare.sync.state.Durability;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;

/** Two directories and a state file, and runs between them. */
record Mirror(Path source, Path destination, Path state) {
  private static final StateOptions OPTIONS = new StateOptions(1L << 28, Durability.EVERY_PHASE);

  static Mirror in(Path directory) throws IOException {
    return new Mirror(Files.createDirectories(directory.resolve("source")), directory.resolve("destination"),
        directory.resolve("mirror.state"));
  }

  static Scope excluding(Verify verify, String... globs) {
    PathFilter.Builder rules = new PathFilter.Builder();
    try {
      for (String glob : globs) {
        rules.exclude(glob);
      }
      return new Scope(rules.build(), verify);
    } catch (BadFilter wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  RunResult run(Scope scope, Deletes deletes) throws IOException, InterruptedException {
    return run(scope, deletes, LocalSource.open(source));
  }

  RunResult run(Scope scope, Deletes deletes, Source from) throws IOException, InterruptedException {
    try (Destination to = LocalDestination.open(destination)) {
      return run(scope, deletes, from, to, RunLog.NONE);
    }
  }

  RunResult run(Scope scope, Deletes deletes, Source from, Destination to, RunLog log)
      throws IOException, InterruptedException {
    RunOptions options = new RunOptions(new BatchedRewrite(3), Listing.BY_LEVEL, 2, deletes, false, scope,
        RunOptions.Limits.USUAL);
    try (StateCache cache = StateCache.open(state, OPTIONS)) {
      return new SyncRun(cache, options, Progress.silent(), log).run(from, to);
    }
  }

  StateCount count() throws IOException {
    try (StateCache cache = StateCache.open(state, OPTIONS)) {
      return StateCount.of(cache);
    }
  }

  void write(String path, String content) throws IOException {
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** Another content of the same size and time, which only reading tells. */
  static void alterUnseen(Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    byte[] content = Files.readAllBytes(file);
    content[0] ^= 1;
    Files.write(file, content);
    Files.setLastModifiedTime(file, time);
  }

  static Map<String, String> tree(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return found;
  }
}
