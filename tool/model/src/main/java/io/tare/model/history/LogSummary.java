package io.tare.model.history;

import io.tare.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What logs tell of memory.
 *
 * @param lines how many lines were read
 * @param unknownLines how many of them say nothing that is understood
 * @param verdict empty where the log has nothing that could be judged
 */
public record LogSummary(List<String> sources, long lines, long unknownLines, Optional<Collections> collections,
    Optional<Labels> labels, Optional<Categories> categories, Optional<LeakVerdict> verdict, List<Problem> problems) {
  public LogSummary {
    sources = List.copyOf(sources);
    problems = List.copyOf(problems);
  }

  /**
   * What a collection log tells.
   *
   * @param seconds between the first event and the last
   * @param allocatedBytes what the program allocated in that time
   * @param pauses in milliseconds
   */
  public record Collections(String collector, String version, double seconds, long runs, long wholeRuns,
      long freedBytes, long allocatedBytes, long peakUsedBytes, OptionalLong peakCommittedBytes, long lowestFloorBytes,
      long lastFloorBytes, Pauses pauses, OptionalDouble cpuSeconds, List<Cause> causes) {
    public Collections {
      causes = List.copyOf(causes);
    }
  }

  /** How long the program stood still. */
  public record Pauses(long count, double totalMillis, double median, double p90, double p99, double longest) {}

  /** Collections of one sort and cause. */
  public record Cause(String what, String cause, long count, long freedBytes, double pauseMillis) {}

  /**
   * What labelled readings tell.
   *
   * @param peaks the highest value of each key, and where it stood
   * @param phases how the heap changed on the way to each label
   * @param forced what collections between two labels around them freed
   * @param runs collections between the first reading and the last
   */
  public record Labels(long readings, List<Peak> peaks, List<Phase> phases, Optional<Forced> forced, OptionalLong runs,
      Optional<Batches> batches) {
    public Labels {
      peaks = List.copyOf(peaks);
      phases = List.copyOf(phases);
    }
  }

  /** The highest value of a key. */
  public record Peak(String key, long value, String label) {}

  /**
   * The way to one label, numbers in it left out, from the reading before it.
   *
   * @param growthBytes of the heap, over all times
   */
  public record Phase(String label, long count, long growthBytes, OptionalLong allocatedBytes) {}

  /** Collections that the program itself marked before and after. */
  public record Forced(long count, long beforeBytes, long freedBytes, OptionalLong freedObjects) {}

  /** Batches as the log tells of them; it may tell of a few only. */
  public record Batches(long told, long highestNumber, OptionalDouble entriesEach, OptionalDouble bytesEach) {}

  /** Reports of native memory tracking: the last one, and what changed since the first. */
  public record Categories(long reports, List<Category> categories) {
    public Categories {
      categories = List.copyOf(categories);
    }
  }

  /** One category: committed bytes at the end, and the change. */
  public record Category(String name, long committedBytes, long changeBytes) {}

  /**
   * A line of a log that tells of one batch: {@code Received batch 1000: size=1000 entries, est_bytes=137 KB}.
   *
   * @param number the batch's own number; lines are often written for every hundredth batch only
   */
  public record BatchReading(long number, OptionalLong entries, OptionalLong bytes) {}
}
