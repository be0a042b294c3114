package io.tare.history.live;

import io.tare.history.recording.Entry;
import io.tare.history.watch.WatchState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the recorder's entries go: a file, a screen, a page of metrics. */
public interface EntrySink extends AutoCloseable {
  void accept(Entry entry);

  /** A round of readings is complete. */
  void flush();

  /** Is called every few rounds, for what needs no more. True when a new file was begun, which knows no ledger yet. */
  default boolean lookAround() {
    return false;
  }

  /** What the one who records should be told, each sentence once. */
  default List<String> news() {
    return List.of();
  }

  @Override
  default void close() throws IOException {}

  /** Keeps what is known of each watched process until another of its name takes its place, and hands every entry on to a recording, if there is one; closing it is its opener's. */
  public static final class WatchSink implements EntrySink {
    private final Optional<EntrySink> file;
    private final Map<Integer, WatchState> states = new TreeMap<>();

    public WatchSink(Optional<EntrySink> file) {
      this.file = file;
    }

    @Override
    public void accept(Entry entry) {
      file.ifPresent(recording -> recording.accept(entry));
      if (entry instanceof Entry.Target target) {
        states.values()
            .removeIf(state -> state.hasEnded() && state.process().label().equals(target.process().label()));
        states.put(target.target(), new WatchState(target.process()));
      } else if (entry.target() == Entry.ALL_TARGETS) {
        states.values().forEach(state -> state.accept(entry));
      } else if (states.containsKey(entry.target())) {
        states.get(entry.target()).accept(entry);
      }
    }

    public List<WatchState> states() {
      return new ArrayList<>(states.values());
    }

    @Override
    public void flush() {
      file.ifPresent(EntrySink::flush);
    }

    @Override
    public boolean lookAround() {
      return file.map(EntrySink::lookAround).orElse(false);
    }

    @Override
    public List<String> news() {
      return file.map(EntrySink::news).orElse(List.of());
    }
  }
}
