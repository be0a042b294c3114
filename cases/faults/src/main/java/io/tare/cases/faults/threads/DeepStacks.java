package io.tare.cases.faults.threads;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.OwnStacks;
import java.io.IOException;

/** Three hundred threads that wait at the end of a deep recursion. */
public record DeepStacks(DeepThreads threads) implements Held {
  private static final int COUNT = 300;

  public static Held create(Setting setting) throws InterruptedException {
    return new DeepStacks(DeepThreads.start(COUNT, setting.sizeBytes() / COUNT));
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) throws IOException {
    OwnStacks stacks = threads.stacks(mappings);
    truth.atLeast("stacks.java", stacks.residentBytes());
    truth.note(stacks.mappings().size() + " stacks of deep threads");
  }
}
