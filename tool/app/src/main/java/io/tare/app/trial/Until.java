package io.tare.app.trial;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Option;
import io.tare.app.cli.Spans;
import io.tare.app.cli.UsageException;
import java.time.Duration;
import java.util.Optional;

/**
 * When a run is over.
 *
 * @param after it has lasted so long
 * @param mark of that label was set
 * @param idle it has used hardly any processor for a while
 * @param most at the latest, whatever it waits for: it then counts as failed, unless {@code after} is what ended it
 */
record Until(Optional<Duration> after, Optional<String> mark, boolean idle, Duration most) {
  private static final Duration USUAL_MOST = Duration.ofMinutes(10);

  static final Option OPTION = Option.value("--until", "TIME|idle|MARK",
      "end a run after that time, once it is idle for 5 s, or at the mark of that label (default: when it ends by itself)");
  static final Option MOST = Option.value("--at-most", "TIME",
      "a run that lasts longer is ended and counts as failed (default: 10m)");

  static Until of(Arguments arguments) throws UsageException {
    Duration most = Spans.of(arguments, MOST.name(), USUAL_MOST);
    String text = arguments.value(OPTION.name()).orElse("");
    if (text.isEmpty()) {
      return new Until(Optional.empty(), Optional.empty(), false, most);
    }
    if (text.equals("idle")) {
      return new Until(Optional.empty(), Optional.empty(), true, most);
    }
    Optional<Duration> time = Spans.parse(text);
    return new Until(time, time.isPresent() ? Optional.empty() : Optional.of(text), false,
        time.filter(span -> span.compareTo(most) > 0).orElse(most));
  }

  /** Whether it ends by itself. */
  boolean isItsOwnEnd() {
    return after.isEmpty() && mark.isEmpty() && !idle;
  }
}
