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
 * @param closing sentences about the recording itself: its cost, gaps, what could not be read
 */
public record Story(RecordedProcess process, Instant from, Instant to, int readings, int ledgers,
    Optional<Weighing> baseline, List<StoryPhase> phases, Instant peakAt, long peakBytes, OptionalLong kernelPeakBytes,
    Optional<Weighing> peakLedger, Optional<Weighing> last, long lastBytes, List<AccountChange> grew,
    List<AccountChange> cameBack, long killsBefore, Optional<GcLoad> gc, Optional<Ending> ending,
    List<String> closing) {
  public Story {
    phases = List.copyOf(phases);
    grew = List.copyOf(grew);
    cameBack = List.copyOf(cameBack);
    closing = List.copyOf(closing);
  }
}
