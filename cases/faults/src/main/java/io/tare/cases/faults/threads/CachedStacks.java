package io.tare.cases.faults.threads;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMapping;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.OwnStacks;
import java.io.IOException;
import java.util.List;

/** Threads that have ended, and whose stacks glibc keeps for the next ones. */
public record CachedStacks(List<OwnMapping> whileAlive) implements Held {
  private static final int COUNT = 60;

  public static Held create(Setting setting) throws IOException, InterruptedException {
    DeepThreads threads = DeepThreads.start(COUNT, setting.sizeBytes() / COUNT);
    List<OwnMapping> whileAlive = threads.stacks(OwnMappings.read()).mappings();
    threads.finishAndJoin();
    return new CachedStacks(whileAlive);
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    List<OwnMapping> left = whileAlive.stream()
        .flatMap(was -> mappings.matching(now -> now.start() == was.start() && now.end() == was.end()).stream())
        .toList();
    truth.atLeast("stacks.cached", new OwnStacks(left).residentBytes());
    truth.note(
        left.size() + " of " + whileAlive.size() + " stacks are kept; glibc gives back what lies below the last frame");
  }
}
