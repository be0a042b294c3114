package io.tare.offsets.state;

/**
 * What to commit: the next offset to read, as Kafka wants it (one more than the last one done), the text that goes along as its
 * metadata, and how many offsets that are done the text has no room for. Those would be worked on again after a restart.
 */
public record CommitPoint(long nextToRead, String metadata, int leftOut) {}
