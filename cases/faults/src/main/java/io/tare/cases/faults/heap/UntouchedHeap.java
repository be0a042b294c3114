package io.tare.cases.faults.heap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;

/** A program that does nothing: its weight is what the JVM and its flags make of it. */
public record UntouchedHeap() implements Held {
  public static Held create(Setting setting) {
    return new UntouchedHeap();
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atMost("scales.rssBytes", mappings.rssBytes() * 2);
  }
}
