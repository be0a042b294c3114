package io.tare.cases.faults.overtime;

import java.util.List;
import java.util.Map;

/**
 * One program over time.
 *
 * @param flags that its JVM wants
 * @param leaks accounts that grow without end, with how much a minute: bytes, or things
 * @param grows accounts that grow and are no leak
 * @param busy whether requests come and go all the time, so that collections run
 * @param heldOut whether it is kept apart: rules are never tuned on it
 */
public record Story(String name, String sentence, Plot.Maker maker, List<String> flags, Map<String, Long> leaks,
    Map<String, Long> grows, boolean busy, boolean heldOut) {
  public Story {
    flags = List.copyOf(flags);
    leaks = Map.copyOf(leaks);
    grows = Map.copyOf(grows);
  }

  Story leaking(String account, long perMinute) {
    return new Story(name, sentence, maker, flags, Map.of(account, perMinute), grows, busy, heldOut);
  }

  Story growing(String account, long perMinute) {
    return new Story(name, sentence, maker, flags, leaks, Map.of(account, perMinute), busy, heldOut);
  }

  Story with(String... moreFlags) {
    return new Story(name, sentence, maker, List.of(moreFlags), leaks, grows, busy, heldOut);
  }

  Story quiet() {
    return new Story(name, sentence, maker, flags, leaks, grows, false, heldOut);
  }

  Story keptApart() {
    return new Story(name, sentence, maker, flags, leaks, grows, busy, true);
  }
}
