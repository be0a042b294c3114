package io.tare.offsets.kafka;

/**
 * What a reader did since it began.
 *
 * @param done messages worked on to their end
 * @param skipped messages that came again and were known to be done
 * @param failed attempts that ended with an exception; the message is tried again
 * @param doneTooLate messages that were done when their partition was revoked already: another reader does them again
 * @param commits partitions committed
 * @param commitsFailed tries to commit that the broker refused or did not answer; the next one tells all of it
 * @param cutShort commits whose metadata had no room for all that was done
 * @param leftOut done offsets that the last commit of each partition held now had no room for
 * @param notRestored partitions whose metadata was not a state of this program
 * @param startedOver partitions that went back to an earlier offset while they were read
 */
public record ReaderCounts(long done, long skipped, long failed, long doneTooLate, long commits, long commitsFailed,
    long cutShort, long leftOut, long notRestored, long startedOver) {}
