package io.tare.cases.faults.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Generated classes, each in a loader of its own, as many as are asked for; each is used a little. */
public final class Plugins {
  private static final int METHODS = 30;
  private static final int TERMS = 10;
  private static final int CALLS = 20;

  private final List<IntUnaryOperator> instances = new ArrayList<>();
  private long checksum;

  /** Loads what is missing. */
  public void loadUpTo(int count) {
    while (instances.size() < count) {
      int number = instances.size();
      GeneratedClass generated = new GeneratedClass("generated/Plugin" + number, METHODS, TERMS);
      IntUnaryOperator plugin = new OneClassLoader().define(generated, number);
      for (int call = 0; call < CALLS; call++) {
        checksum += plugin.applyAsInt(call);
      }
      instances.add(plugin);
    }
  }

  public long checksum() {
    return checksum;
  }
}
