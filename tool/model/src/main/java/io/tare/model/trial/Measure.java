package io.tare.model.trial;

import java.util.Optional;
import java.util.stream.Stream;

/** What is measured of a run of a command. */
public enum Measure {
  PEAK("peak", Unit.BYTES, "the highest that the container was charged"),
  SETTLED("settled", Unit.BYTES, "gross in the later half of the run, when it has warmed up"),
  NET("net", Unit.BYTES, "what the program itself put there and still uses, at most, in the heaviest ledger"),
  TARE("tare", Unit.BYTES, "the rest of that ledger, at least"),
  RATE("items", Unit.PER_SECOND, "items a second between the first mark that counts them and the last"),
  CPU("cpu", Unit.SECONDS, "processor time of the process"),
  TIME("time", Unit.SECONDS, "from its start to its end"),
  COLLECTING("collecting", Unit.SECONDS, "time in which collections stood in the way"),
  HEAP("heap", Unit.BYTES, "the most that a collection left in the heap, as the runtime counts it"),
  PAUSE("pause-p99", Unit.SECONDS,
      "99 of 100 pauses were no longer, by the collection log in the program's output (-Xlog:gc, GODEBUG=gctrace=1)");

  /** What the numbers count, and which of two is better. */
  public enum Unit {
    BYTES,
    SECONDS,
    PER_SECOND;

    public boolean lessIsBetter() {
      return this != PER_SECOND;
    }
  }

  private final String id;
  private final Unit unit;
  private final String meaning;

  Measure(String id, Unit unit, String meaning) {
    this.id = id;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** The name in options and in JSON; public: never renamed. */
  public String id() {
    return id;
  }

  public Unit unit() {
    return unit;
  }

  public String meaning() {
    return meaning;
  }

  public static Optional<Measure> byId(String id) {
    return Stream.of(values()).filter(measure -> measure.id.equals(id)).findFirst();
  }
}
