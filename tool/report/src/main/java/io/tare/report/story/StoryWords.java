package io.tare.report.story;

import io.tare.model.history.Ending;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Story;
import io.tare.model.history.Story.GcLoad;
import io.tare.model.history.Story.StoryPhase;
import io.tare.model.history.Weighing;
import io.tare.model.ledger.Account;
import io.tare.report.look.Count;
import io.tare.report.look.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the text and the page say alike of a recording. */
public record StoryWords(Story story, Units units) {
  private static final double WORTH_WAITING = 0.01;
  private static final long MANY_FAULTS = 1_000;
  private static final Map<String, String> SERIES = Map.ofEntries(Map.entry(SeriesNames.RSS, "Gross"),
      Map.entry(SeriesNames.RSS_ANON, "Anonymous memory"), Map.entry(SeriesNames.RSS_FILE, "Pages of files"),
      Map.entry(SeriesNames.RSS_SHARED, "Shared memory"), Map.entry(SeriesNames.SWAP, "Swapped out"),
      Map.entry(SeriesNames.CGROUP_USAGE, "Charge of the container"),
      Map.entry(SeriesNames.WORKING_SET, "Working set of the container"),
      Map.entry(SeriesNames.HEAP_USED, "Heap in use, garbage included"),
      Map.entry(SeriesNames.OLD_REACHED, "Reached of the Java heap's old generation"),
      Map.entry(SeriesNames.HEAP_FLOOR, "Heap in use after the last collection"),
      Map.entry(SeriesNames.HEAP_COMMITTED, "Heap held ready"));

  /** What people call an account or a series. */
  public static String title(String id) {
    return id.equals(StoryPhase.NOT_WEIGHED)
        ? "moved while no ledger was taken"
        : Account.byId(id).map(Account::title).orElse(SERIES.getOrDefault(id, id));
  }

  boolean isKilledForMemory() {
    return story.ending().filter(end -> end.cause() == Ending.Cause.OUT_OF_MEMORY).isPresent();
  }

  /** What comes before everything else, if it was so. */
  Optional<String> killed() {
    return isKilledForMemory()
        ? Optional.of("Killed for want of memory" + (story.process().limitBytes().isPresent()
            ? " at a limit of " + bytes(story.process().limitBytes().getAsLong())
            : "") + grown() + ".")
        : Optional.empty();
  }

  /** Who made it so large, as far as the ledgers tell. */
  private String grown() {
    String accounts = story.grew().stream().limit(3)
        .map(change -> change.account() + " " + units.formatSigned(change.changeBytes()))
        .collect(Collectors.joining(", "));
    return accounts.isEmpty() ? "" : "; what grew until the heaviest ledger: " + accounts;
  }

  String headline() {
    String gross = story.readings() == 0
        ? "It ended before anything could be read." + (story.kernelPeakBytes().isPresent()
            ? " The kernel counted a peak of " + bytes(highest()) + "."
            : "")
        : "Gross began at " + bytes(story.baseline().map(Weighing::grossBytes).orElse(story.lastBytes()))
            + ", reached " + bytes(highest()) + " and was " + bytes(story.lastBytes()) + " when last seen.";
    return gross + story.ending().map(ending -> " " + end(ending)).orElse("");
  }

  /** How it ended, as a sentence. */
  static String end(Ending ending) {
    return "The process " + (ending.words().startsWith("killed") ? "was " : "") + ending.words() + ".";
  }

  Optional<String> killedBefore() {
    return story.killsBefore() > 0
        ? Optional.of("The kernel had killed here for want of memory before: " + Count.of(story.killsBefore(), "time")
            + ". The limit is too small for what runs in it, or something in it leaks.")
        : Optional.empty();
  }

  /** Whether want of memory cost it time, or reading. */
  boolean isStrained() {
    Story.Strain strain = story.strain();
    double lasted = (story.to().toEpochMilli() - story.from().toEpochMilli()) * 1e6;
    long waited = Math.max(strain.groupWaitNanos().orElse(0), strain.machineWaitNanos().orElse(0));
    return waited > lasted * WORTH_WAITING || strain.swappedInBytes().orElse(0) > 0
        || strain.majorFaults().orElse(0) >= MANY_FAULTS;
  }

  /** What it waited for memory, as far as it is known. */
  Optional<String> strain() {
    Story.Strain strain = story.strain();
    List<String> parts = new ArrayList<>();
    strain.groupWaitNanos().ifPresent(nanos -> parts.add("its container waited " + seconds(nanos) + " for memory"));
    strain.machineWaitNanos().ifPresent(nanos -> parts.add("the machine waited " + seconds(nanos) + " for memory"));
    strain.swappedInBytes().ifPresent(bytes -> parts.add(bytes(bytes) + " came back from swap"));
    strain.majorFaults().ifPresent(faults -> parts.add(Count.of(faults, "page") + " had to be read before it went on"));
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  /** The highest gross that anybody saw. */
  long highest() {
    return Math.max(story.peakBytes(), story.kernelPeakBytes().orElse(0));
  }

  static String name(StoryPhase phase) {
    return (phase.fromLabel().isEmpty() ? "(begin)" : phase.fromLabel()) + " \u2192 "
        + (phase.toLabel().isEmpty() ? "(end)" : phase.toLabel());
  }

  List<String> facts(StoryPhase phase) {
    List<String> facts = new ArrayList<>();
    facts.add("gross " + bytes(phase.grossBeforeBytes()) + " \u2192 " + bytes(phase.grossAfterBytes()));
    facts.add("peak " + bytes(phase.peakBytes()));
    phase.items().ifPresent(items -> facts.add(Count.of(items, "item")));
    phase.floorChangeBytes().ifPresent(change -> facts.add("heap floor " + units.formatSigned(change)));
    phase.threadsChange().ifPresent(change -> {
      if (change != 0) {
        facts.add("threads " + (change > 0 ? "+" : "\u2212") + Math.abs(change));
      }
    });
    phase.gc().ifPresent(gc -> facts.add(gc.runs() == 0 ? "no GC" : gc(gc)));
    return facts;
  }

  /** {@code GC used 2.1 % of its processor time in 14 runs: good}. */
  public static String gc(GcLoad gc) {
    return String.format(Locale.ROOT, "GC took %.1f %% of the %s in %s: %s", 100 * gc.share(),
        gc.ofProcessorTime() ? "processor time" : "time", Count.of(gc.runs(), "run"), gc.grade());
  }

  private String bytes(long bytes) {
    return units.format(bytes);
  }
}
