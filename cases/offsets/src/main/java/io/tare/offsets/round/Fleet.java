package io.tare.offsets.round;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** N partitions that a consumer holds for its whole life; each round brings messages to all of them. */
public final class Fleet {
  private final Plan plan;
  private final List<Partition> partitions;

  public Fleet(Plan plan) {
    this.plan = plan;
    this.partitions = IntStream.range(0, plan.instances())
        .mapToObj(number -> new Partition(number, plan.tracker())).toList();
  }

  /** Runs one round on every partition at once, and returns when all messages are committed. */
  public void round() throws InterruptedException {
    List<Round> rounds = new ArrayList<>();
    for (Partition partition : partitions) {
      rounds.add(Round.start(partition, plan));
    }
    for (Round round : rounds) {
      round.finish();
    }
  }

  public List<Partition> partitions() {
    return partitions;
  }
}
