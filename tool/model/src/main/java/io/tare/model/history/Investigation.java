package io.tare.model.history;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Weighings of one thing as it was changed, or variants of one command: what each change returned, and what is left.
 *
 * @param areVariants each is held against the first; else against the one before
 * @param whole from the first to the last
 * @param notes what the reader should know besides, in sentences
 */
public record Investigation(List<Stage> stages, boolean areVariants, Difference whole, List<String> notes) {
  public Investigation {
    stages = List.copyOf(stages);
    notes = List.copyOf(notes);
  }

  /**
   * One of them.
   *
   * @param name what was changed, or whose weighing it is
   * @param peakBytes the most that was resident at once, where more than a moment was seen
   * @param runs how many runs it stands on
   * @param returned what moved, from the one that it is held against; none of the first
   */
  public record Stage(String name, Snapshot state, OptionalDouble peakBytes, int runs, Optional<Difference> returned) {}
}
