package io.tare.cases.faults.leaks;

import java.util.ArrayList;
import java.util.List;

/** A button that lives as long as the program; who listens to it lives as long. */
final class Button {
  private static final Button SAVE = new Button();

  private final List<Runnable> listeners = new ArrayList<>();

  private static final class Screen implements Runnable {
    private final byte[] pixels = new byte[Leaks.EACH_BYTES];

    @Override
    public void run() {
      pixels[0]++;
    }
  }

  static void leak() {
    for (int i = 0; i < Leaks.MANY; i++) {
      SAVE.listeners.add(new Screen());
    }
  }
}
