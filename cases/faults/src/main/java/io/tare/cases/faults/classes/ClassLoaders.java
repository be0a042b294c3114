package io.tare.cases.faults.classes;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.Pools;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Generated classes, each in a loader of its own, until class metadata takes the size. */
public record ClassLoaders(List<IntUnaryOperator> instances) implements Held {
  private static final int MOST = 50_000;
  private static final int METHODS = 30;
  private static final int TERMS = 10;

  public static Held create(Setting setting) {
    List<IntUnaryOperator> instances = new ArrayList<>();
    long goal = Pools.metaspace().used() + setting.sizeBytes();
    while (Pools.metaspace().used() < goal && instances.size() < MOST) {
      int number = instances.size();
      GeneratedClass generated = new GeneratedClass("generated/Plugin" + number, METHODS, TERMS);
      instances.add(new OneClassLoader().define(generated, number));
    }
    return new ClassLoaders(instances);
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.note(instances.size() + " classes in as many loaders");
  }
}
