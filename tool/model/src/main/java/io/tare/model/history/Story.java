package io.tare.model.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The recording of one process, told: where it began, what each phase added, the peak and what it was made of, what came back, the end.
 *
 * @param baseline the first ledger
 * @param phases none when there are no marks
 * @param peakBytes the highest gross that a reading saw, at {@code peakAt}
 * @param kernelPeakBytes the highest gross that the kernel saw, also between readings
 * @param peakLedger the heaviest ledger
 * @param last the last ledger
 * @param lastBytes gross at the last reading
 * @param grew what came between the first ledger and the heaviest, by account
 * @param cameBack what was given back between the peak's ledger and the last one, by account
 * @param killsBefore how often the kernel had killed in its group for want of memory when the recording began
 * @param strain how much want of memory the readings saw
 * @param family it and what it started together, where several were recorded as one family
 * @param closing sentences about the recording itself: its cost, gaps, what could not be read
 */
public record Story(RecordedProcess process, Instant from, Instant to, int readings, int ledgers,
    Optional<Weighing> baseline, List<StoryPhase> phases, Instant peakAt, long peakBytes, OptionalLong kernelPeakBytes,
    Optional<Weighing> peakLedger, Optional<Weighing> last, long lastBytes, List<AccountChange> grew,
    List<AccountChange> cameBack, long killsBefore, Optional<GcLoad> gc, Strain strain, Optional<Family> family,
    Optional<Ending> ending, List<String> closing) {
  public Story {
    phases = List.copyOf(phases);
    grew = List.copyOf(grew);
    cameBack = List.copyOf(cameBack);
    closing = List.copyOf(closing);
  }

  /**
   * What want of memory cost between the first reading and the last; empty where the kernel does not tell.
   *
   * @param majorFaults of the process: pages that had to be read, of a file or from swap
   * @param groupWaitNanos in which some task of its group waited for memory
   * @param machineWaitNanos the same of the whole machine
   * @param swappedInBytes that its group read back from swap
   */
  public record Strain(OptionalLong majorFaults, OptionalLong groupWaitNanos, OptionalLong machineWaitNanos,
      OptionalLong swappedInBytes) {
    public static final Strain UNKNOWN = new Strain(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(),
        OptionalLong.empty());
  }

  /**
   * Several processes as one, at the moment when together they were heaviest. Their PSS is added, which counts a page that they share
   * once; RSS would count it once for each.
   *
   * @param peakRssBytes the sum of RSS at that moment
   * @param members those that lived then, the heaviest first
   * @param unread processes that came and went before their PSS could be read
   */
  public record Family(Instant peakAt, long peakBytes, long peakRssBytes, List<Member> members, long unread) {
    public Family {
      members = List.copyOf(members);
    }

    /** One process, and what it added. */
    public record Member(long pid, String label, long bytes) {}
  }

  /** How much an account held before and after. */
  public record AccountChange(String account, long beforeBytes, long afterBytes) {
    public long changeBytes() {
      return afterBytes - beforeBytes;
    }
  }

  /**
   * What collecting garbage cost over a stretch of time.
   *
   * @param share of the processor time that the process used, or of the time that passed: between 0 and 1
   * @param ofProcessorTime which of the two
   * @param grade in a word: excellent, good, concerning, bad
   */
  public record GcLoad(long runs, double share, boolean ofProcessorTime, String grade) {}

  /**
   * What happened from one mark to the next, or in all such stretches together.
   *
   * @param fromLabel the mark that it begins with; empty for the beginning of the recording
   * @param toLabel the mark that ends it; empty for the end of the recording
   * @param times how many stretches of that name are summed up here
   * @param lengthMillis of all of them
   * @param items how many were done in it, when the marks count
   * @param peakBytes the highest gross seen in it
   * @param changes by account, the biggest first; empty when no two ledgers tell
   */
  public record StoryPhase(String fromLabel, String toLabel, int times, Instant from, long lengthMillis,
      OptionalLong items, long grossBeforeBytes, long grossAfterBytes, long peakBytes, OptionalLong floorChangeBytes,
      OptionalLong threadsChange, Optional<GcLoad> gc, List<AccountChange> changes) {
    /** Stands in {@code changes} for what moved while no ledger was taken. */
    public static final String NOT_WEIGHED = "not-weighed";

    public StoryPhase {
      changes = List.copyOf(changes);
    }

    public long grossChangeBytes() {
      return grossAfterBytes - grossBeforeBytes;
    }
  }
}
