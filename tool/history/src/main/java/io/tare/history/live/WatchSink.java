package io.tare.history.live;

import io.tare.history.recording.Entry;
import io.tare.history.watch.WatchState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps what is known of each watched process, and hands every entry on to a recording, if there is one; closing it is its opener's. */
public final class WatchSink implements EntrySink {
  private final Optional<EntrySink> file;
  private final Map<Integer, WatchState> states = new TreeMap<>();

  public WatchSink(Optional<EntrySink> file) {
    this.file = file;
  }

  @Override
  public void accept(Entry entry) {
    file.ifPresent(recording -> recording.accept(entry));
    if (entry instanceof Entry.Target target) {
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
  public void lookAround() {
    file.ifPresent(EntrySink::lookAround);
  }

  @Override
  public List<String> news() {
    return file.map(EntrySink::news).orElse(List.of());
  }
}
