package io.tare.probe.leftovers;

import java.util.ArrayList;
import java.util.List;

/** A program that prints the leak protocol's verdicts on work that is innocent and on work that leaks. */
public final class LeakVerdicts {
  private static final LeakOptions OPTIONS = LeakOptions.ofRounds(10);

  private LeakVerdicts() {}

  public static void main(String[] arguments) throws InterruptedException {
    List<Object> kept = new ArrayList<>();
    System.out.println("ended threads: " + LeakProtocol.run(OPTIONS, LeakVerdicts::threadThatEnds).verdict());
    System.out.println("kept arrays: " + LeakProtocol.run(OPTIONS, () -> kept.add(new long[6])).verdict());
  }

  private static void threadThatEnds() throws InterruptedException {
    Thread thread = new Thread(() -> Thread.onSpinWait());
    thread.start();
    thread.join();
  }
}
