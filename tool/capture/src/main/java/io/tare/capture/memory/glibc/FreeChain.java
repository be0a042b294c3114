package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A singly linked list of free chunks of one size, as fastbins and thread caches keep them. Since 2.32 a link is stored xor-ed with
 * its own place; which of the two it is tells each link itself.
 */
final class FreeChain {
  private static final int MOST_CHUNKS = 1 << 20;
  private static final int LINK_SHIFT = 12;

  private final ProcessMemory memory;
  private final WalkDeadline deadline;
  private final int linksPointAt;

  private FreeChain(ProcessMemory memory, WalkDeadline deadline, int linksPointAt) {
    this.memory = memory;
    this.deadline = deadline;
    this.linksPointAt = linksPointAt;
  }

  static FreeChain ofFastBins(ProcessMemory memory, WalkDeadline deadline) {
    return new FreeChain(memory, deadline, 0);
  }

  /** A thread cache's links point past the head of a chunk. */
  static FreeChain ofThreadCaches(ProcessMemory memory, WalkDeadline deadline) {
    return new FreeChain(memory, deadline, Chunk.HEAD_BYTES);
  }

  /** The length of the list that a list head in memory points to. */
  OptionalLong countFromHead(long link, long chunkSize) {
    return count(target(link), chunkSize);
  }

  /** Whether a list head in memory points to a chunk of this size. */
  boolean beginsAt(long link, long chunkSize) {
    return isChunk(target(link), chunkSize);
  }

  /** How many chunks of this size follow from the first one on; empty when one of them is none, or time is up. */
  private OptionalLong count(long first, long chunkSize) {
    Set<Long> seen = new HashSet<>();
    long chunk = first;
    while (chunk != 0) {
      if (!isChunk(chunk, chunkSize) || !seen.add(chunk) || seen.size() > MOST_CHUNKS || deadline.isOver()) {
        return OptionalLong.empty();
      }
      OptionalLong link = memory.u64(chunk + Chunk.HEAD_BYTES);
      if (link.isEmpty()) {
        return OptionalLong.empty();
      }
      chunk = follow(chunk + Chunk.HEAD_BYTES, link.getAsLong(), chunkSize);
    }
    return OptionalLong.of(seen.size());
  }

  private long follow(long place, long stored, long chunkSize) {
    long unveiled = target(stored ^ (place >>> LINK_SHIFT));
    return unveiled == 0 || isChunk(unveiled, chunkSize) ? unveiled : target(stored);
  }

  private long target(long link) {
    return link == 0 ? 0 : link - linksPointAt;
  }

  private boolean isChunk(long chunk, long chunkSize) {
    if (chunk <= 0 || chunk % Chunk.ALIGNMENT != 0) {
      return false;
    }
    OptionalLong sizeField = memory.u64(chunk + Long.BYTES);
    return sizeField.isPresent() && Chunk.size(sizeField.getAsLong()) == chunkSize;
  }
}
