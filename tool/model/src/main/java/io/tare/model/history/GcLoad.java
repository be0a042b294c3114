package io.tare.model.history;

/**
 * What collecting garbage cost over a stretch of time.
 *
 * @param share of the processor time that the process used, or of the time that passed: between 0 and 1
 * @param ofProcessorTime which of the two
 * @param grade in a word: excellent, good, concerning, bad
 */
public record GcLoad(long runs, double share, boolean ofProcessorTime, String grade) {}
