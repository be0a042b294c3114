package io.tare.fleet.agent;

import java.util.concurrent.atomic.AtomicLong;

/** What the agent counts of itself. Written by the thread that does it, read by whoever asks for metrics. */
final class AgentNumbers {
  final AtomicLong samples = new AtomicLong();
  final AtomicLong ledgers = new AtomicLong();
  final AtomicLong starts = new AtomicLong();
  final AtomicLong ends = new AtomicLong();
  final AtomicLong oomKills = new AtomicLong();
  final AtomicLong waiting = new AtomicLong();
  final AtomicLong leftOut = new AtomicLong();
  final AtomicLong clockSteps = new AtomicLong();
  final AtomicLong lostRecords = new AtomicLong();
  final AtomicLong delivered = new AtomicLong();
  final AtomicLong deliveredBytes = new AtomicLong();
  final AtomicLong deliveryFailures = new AtomicLong();
  final AtomicLong deliveryFailing = new AtomicLong();
  final AtomicLong lastDeliveryMillis = new AtomicLong();
  final AtomicLong dropped = new AtomicLong();
  final AtomicLong droppedBytes = new AtomicLong();
}
