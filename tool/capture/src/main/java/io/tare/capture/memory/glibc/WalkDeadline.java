package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.ReadBudget;

/** When a walk has to stop: the bytes or the time that it may spend are spent. */
final class WalkDeadline {
  private final ProcessMemory memory;
  private final long lastByte;
  private final long lastNanos;

  WalkDeadline(ProcessMemory memory, ReadBudget budget) {
    this.memory = memory;
    this.lastByte = memory.bytesRead() + budget.bytes();
    this.lastNanos = System.nanoTime() + budget.time().toNanos();
  }

  boolean isOver() {
    return memory.bytesRead() > lastByte || memory.budgetExceeded() || System.nanoTime() - lastNanos > 0;
  }
}
