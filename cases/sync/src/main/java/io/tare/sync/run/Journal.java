package io.tare.sync.run;

import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateTransaction;
import java.io.IOException;
import java.util.Optional;

/** What the state file remembers of a run under way: its phase, and which two ends it belongs to. */
final class Journal {
  private static final String PHASE = "phase";

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
