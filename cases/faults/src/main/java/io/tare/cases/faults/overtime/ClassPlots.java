package io.tare.cases.faults.overtime;

import io.tare.cases.faults.classes.Plugins;

/** Classes in loaders of their own. */
final class ClassPlots {
  private ClassPlots() {}

  static Plot growing(int perMinute) {
    Plugins plugins = new Plugins();
    return minute -> plugins.loadUpTo((int) (minute * perMinute));
  }

  static Plot until(int perMinute, double end) {
    Plugins plugins = new Plugins();
    return minute -> plugins.loadUpTo((int) (Math.min(minute, end) * perMinute));
  }
}
