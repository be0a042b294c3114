package io.tare.sync.run;

import java.util.Optional;

/** What a run leaves behind. The transfer is empty for a dry run. */
public record RunResult(StateCount count, Optional<TransferCount> transfer) {}
