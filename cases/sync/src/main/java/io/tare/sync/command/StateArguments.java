package io.tare.sync.command;

import io.tare.sync.rewrite.BatchedRewrite;
import io.tare.sync.rewrite.CopyingRewrite;
import io.tare.sync.rewrite.HeldReaderRewrite;
import io.tare.sync.rewrite.Rewrite;
import io.tare.sync.rewrite.WholeRewrite;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.Durability;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The options that every command on a state file shares. */
final class StateArguments {
  static final Set<String> OPTIONS = Set.of("--state", "--batch", "--write-batch", "--variant", "--durability",
      "--state-limit");

  private StateArguments() {}

  static Set<String> and(String... more) {
    Set<String> all = new TreeSet<>(OPTIONS);
    all.addAll(Set.of(more));
    return all;
  }

  static StateCache open(Arguments arguments) throws UsageException, IOException {
    return StateCache.open(Path.of(arguments.required("--state")), options(arguments));
  }

  /** Where none is named: a file of its own for these two ends, where this user's programs keep their state. */
  static Path fileForRun(Arguments arguments) throws UsageException, IOException {
    Optional<String> named = arguments.value("--state");
    if (named.isPresent()) {
      return Path.of(named.get());
    }
    String ends = arguments.required("--from") + "\n" + arguments.required("--to") + "\n"
        + Path.of("").toAbsolutePath();
    String name = HexFormat.of().formatHex(ContentHash.md5().digest(ends.getBytes(StandardCharsets.UTF_8)));
    Path directory = Files.createDirectories(home().resolve("tare-sync"));
    return directory.resolve(name + ".state");
  }

  private static Path home() {
    Optional<String> set = Optional.ofNullable(System.getenv("XDG_STATE_HOME")).filter(text -> text.startsWith("/"));
    return set.map(Path::of).orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state"));
  }

  static StateOptions options(Arguments arguments) throws UsageException {
    long mostBytes = arguments.bytes("--state-limit", StateOptions.DEFAULT.mostBytes());
    return new StateOptions(mostBytes, durability(arguments));
  }

  private static Durability durability(Arguments arguments) throws UsageException {
    String name = arguments.value("--durability").orElse("commit-may-be-lost");
    return switch (name) {
      case "commit" -> Durability.EVERY_COMMIT;
      case "commit-may-be-lost" -> Durability.LAST_COMMIT_MAY_BE_LOST;
      case "phase" -> Durability.EVERY_PHASE;
      case "phase-writable-map" -> Durability.EVERY_PHASE_WRITABLE_MAP;
      default -> throw new UsageException(
          "--durability is commit, commit-may-be-lost, phase or phase-writable-map, not '" + name + "'");
    };
  }

  static Rewrite rewrite(Arguments arguments) throws UsageException {
    int batch = batch(arguments, "--batch", BatchedRewrite.BEST_FILES_PER_BATCH);
    String name = arguments.value("--variant").orElse("batched").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "batched" -> new BatchedRewrite(batch);
      case "naive" -> new WholeRewrite();
      case "copying" -> new CopyingRewrite(batch, batch(arguments, "--write-batch", Math.max(1, batch / 2)));
      case "held-reader" -> new HeldReaderRewrite(new BatchedRewrite(batch));
      default -> throw new UsageException("--variant is batched, copying, naive or held-reader, not '" + name + "'");
    };
  }

  private static int batch(Arguments arguments, String option, int usual) throws UsageException {
    return Math.toIntExact(Math.min(arguments.count(option, usual), Integer.MAX_VALUE));
  }
}
