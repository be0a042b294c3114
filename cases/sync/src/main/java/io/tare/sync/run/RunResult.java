package io.tare.sync.run;

import java.util.Optional;

/**
 * What a run leaves behind.
 *
 * @param transfer empty for a dry run
 * @param deletesHeldBack how many files the source no longer has and the destination keeps, because deleting them needs a plain word
 */
public record RunResult(StateCount count, Optional<TransferCount> transfer, long deletesHeldBack) {}
