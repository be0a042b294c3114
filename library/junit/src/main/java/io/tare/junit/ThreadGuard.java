package io.tare.junit;

import io.tare.probe.leftovers.LiveThreads;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** No thread is left that was not there when the guard was made. */
final class ThreadGuard implements Guard {
  private final Duration settle;
  private final LiveThreads before = LiveThreads.now();

  ThreadGuard(Duration settle) {
    this.settle = settle;
  }

  @Override
  public void stop() {}

  @Override
  public void check() {
    List<Thread> left = before.left(settle);
    if (!left.isEmpty()) {
      throw new AssertionError(left.size() + (left.size() == 1 ? " thread" : " threads") + " left behind\n  "
          + left.stream().limit(10).map(LiveThreads::describe).collect(Collectors.joining("\n  ")));
    }
  }
}
