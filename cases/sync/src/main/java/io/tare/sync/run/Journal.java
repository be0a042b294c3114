package io.tare.sync.run;

import io.tare.sync.filter.PathFilter;
import io.tare.sync.rewrite.BatchedRewrite;
import io.tare.sync.rewrite.Change;
import io.tare.sync.state.ContentKey;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateTransaction;
import java.io.IOException;
import java.util.Optional;

/** What the state file remembers of a run under way: its phase, and which two ends it belongs to. */
final class Journal {
  private static final String PHASE = "phase";
  private static final String FILTER = "filter";

  private final StateCache cache;

  Journal(StateCache cache) {
    this.cache = cache;
  }

  Phase phase() {
    return cache.read(transaction -> transaction.notes().text(PHASE)).map(Phase::valueOf).orElse(Phase.IDLE);
  }

  /** To be called in the transaction that makes it true. */
  static void enter(Phase phase, StateTransaction transaction) {
    transaction.notes().put(PHASE, phase.name());
  }

  void enter(Phase phase) {
    cache.write(transaction -> {
      enter(phase, transaction);
      return true;
    });
  }

  /** A run begins from its first phase, whatever another one that was cut had come to. */
  void begin(PathFilter filter) {
    cache.write(transaction -> {
      BatchedRewrite.beginAgain(Change.PREPARE, transaction);
      BatchedRewrite.beginAgain(Change.FINALIZE, transaction);
      transaction.notes().put(FILTER, ContentKey.of(filter.identity()));
      enter(Phase.PREPARE, transaction);
      return true;
    });
  }

  /** Whether the run under way began with this filter. */
  boolean isFilteredBy(PathFilter filter) {
    String known = cache.read(transaction -> transaction.notes().text(FILTER)).orElse("");
    return known.equals(ContentKey.of(filter.identity()));
  }

  /** A state file of another source would make every file look deleted. */
  void belongsTo(String source, String destination) throws IOException {
    claim("source", source);
    claim("destination", destination);
  }

  private void claim(String end, String identity) throws IOException {
    Optional<String> known = cache.read(transaction -> transaction.notes().text(end));
    if (known.isPresent() && !known.get().equals(identity)) {
      throw new IOException(
          "the state file belongs to the " + end + " " + known.get() + ", not to " + identity + "; use another file");
    }
    if (known.isEmpty()) {
      cache.write(transaction -> {
        transaction.notes().put(end, identity);
        return true;
      });
    }
  }
}
