package io.tare.history.compare;

import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.Difference.PhaseDifference;
import io.tare.model.history.Story.AccountChange;
import io.tare.model.history.Story.StoryPhase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Compares two recordings phase by phase: those that both have, by the labels of their marks. */
public final class PhaseDifferences {
  /** Less than this apart is not worth a line. */
  private static final long LEAST_BYTES = 64 << 10;

  private PhaseDifferences() {}

  public static List<StoryPhase> phases(RecordedTrack track) {
    return Phases.of(track);
  }

  /** In the order of the later recording; of phases that a recording has several times the first one counts. */
  public static List<PhaseDifference> of(List<StoryPhase> before, List<StoryPhase> after) {
    Map<String, StoryPhase> byName = new HashMap<>();
    before.forEach(phase -> byName.putIfAbsent(name(phase), phase));
    List<PhaseDifference> differences = new ArrayList<>();
    for (StoryPhase later : after) {
      StoryPhase earlier = byName.remove(name(later));
      if (earlier != null) {
        differences.add(of(earlier, later));
      }
    }
    return differences;
  }

  private static String name(StoryPhase phase) {
    return phase.fromLabel() + "\n" + phase.toLabel();
  }

  private static PhaseDifference of(StoryPhase before, StoryPhase after) {
    Map<String, Long> earlier = changes(before);
    Map<String, Long> later = changes(after);
    TreeSet<String> ids = new TreeSet<>(earlier.keySet());
    ids.addAll(later.keySet());
    List<PhaseDifference.PhaseLine> lines = ids.stream()
        .map(id -> new PhaseDifference.PhaseLine(id, change(earlier, id), change(later, id)))
        .filter(line -> Math.abs(line.differenceBytes()) >= LEAST_BYTES)
        .sorted(Comparator.comparingLong((PhaseDifference.PhaseLine line) -> -Math.abs(line.differenceBytes())))
        .toList();
    return new PhaseDifference(after.fromLabel(), after.toLabel(), before.grossChangeBytes(), after.grossChangeBytes(),
        before.lengthMillis(), after.lengthMillis(), lines);
  }

  private static Map<String, Long> changes(StoryPhase phase) {
    Map<String, Long> changes = new HashMap<>();
    phase.changes().forEach((AccountChange change) -> changes.put(change.account(), change.changeBytes()));
    return changes;
  }

  /** An account that did not move in a phase that was weighed moved by nothing; of one that was not weighed nobody knows. */
  private static OptionalLong change(Map<String, Long> changes, String id) {
    return changes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(changes.getOrDefault(id, 0L));
  }
}
