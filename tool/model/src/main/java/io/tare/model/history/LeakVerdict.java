package io.tare.model.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a process leaks, as far as its time line proves it.
 *
 * @param summary the answer in a sentence
 * @param courses every series that was judged: leaks first, then what can't be told, then what else moved, then the rest
 * @param toLimit when the growth proved here meets the limit
 * @param needs how much more time would settle what is open
 * @param rounds what did not come back of each round of work, when the marks tell rounds apart
 * @param notes what the gap is instead, and what the answer does not cover
 */
public record LeakVerdict(String target, Instant from, Instant to, Answer answer, String summary,
    List<SeriesVerdict> courses,
    Optional<Duration> toLimit, Optional<Duration> needs, Optional<Rounds> rounds, List<String> notes) {
  public LeakVerdict {
    courses = List.copyOf(courses);
    notes = List.copyOf(notes);
  }

  /** The overall answer. */
  public enum Answer {
    LEAK, NO_LEAK, CANNOT_TELL
  }

  /** The ids of what leaks, the one to look at first in front. */
  public List<String> leaking() {
    return courses.stream().filter(SeriesVerdict::isLeak).map(SeriesVerdict::id).toList();
  }
}
