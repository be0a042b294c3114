package io.tare.cases.faults.classes;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.Pools;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Generated methods that are called until they are compiled, until compiled code takes the size. */
public record CodeCache(List<IntUnaryOperator> instances, long checksum) implements Held {
  private static final int MOST = 5_000;
  private static final int METHODS = 40;
  private static final int TERMS = 150;
  /** The flags lower the JVM's threshold to a twentieth. */
  private static final int CALLS = 30;

  public static Held create(Setting setting) {
    List<IntUnaryOperator> instances = new ArrayList<>();
    long checksum = 0;
    long goal = Pools.code().used() + setting.sizeBytes();
    while (Pools.code().used() < goal && instances.size() < MOST) {
      int number = instances.size();
      GeneratedClass generated = new GeneratedClass("generated/Hot" + number, METHODS, TERMS);
      IntUnaryOperator hot = new OneClassLoader().define(generated, number);
      for (int call = 0; call < CALLS; call++) {
        checksum += hot.applyAsInt(call);
      }
      instances.add(hot);
    }
    return new CodeCache(instances, checksum);
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.note(instances.size() * METHODS + " methods called until they were compiled");
  }
}
