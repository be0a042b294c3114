package io.tare.cases.faults.scene;

import java.io.IOException;

/** Makes one memory situation and returns what keeps it alive. */
@FunctionalInterface
public interface Situation {
  Held create(Setting setting) throws IOException, InterruptedException, Skipped;
}
