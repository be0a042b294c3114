package io.tare.cases.faults.leaks;

import java.util.ArrayList;
import java.util.List;

/** The names of all symbols ever parsed. The JVM forgets interned strings that nobody uses; this list uses them for ever. */
final class Symbols {
  private static final List<String> NAMES = new ArrayList<>();

  private Symbols() {}

  static void leak() {
    for (int i = 0; i < Leaks.MANY; i++) {
      NAMES.add(Leaks.text("symbol ", i).intern());
    }
  }
}
