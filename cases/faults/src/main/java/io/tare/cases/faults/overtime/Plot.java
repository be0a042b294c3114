package io.tare.cases.faults.overtime;

import java.io.IOException;

/** What a program does as its time passes. It keeps what it makes as long as it lives. */
@FunctionalInterface
public interface Plot {
  /** Brings everything to where it belongs at this minute of the program's own clock; called many times a second. */
  void reach(double minute) throws IOException, InterruptedException;

  /** Makes the plot, in the process that plays it. */
  @FunctionalInterface
  interface Maker {
    Plot make(Scene scene) throws IOException;
  }
}
