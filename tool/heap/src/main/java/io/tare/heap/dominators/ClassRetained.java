package io.tare.heap.dominators;

import io.tare.heap.index.HeapClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What all objects of a class, of a package and of a class loader hold together, by class number. */
public final class ClassRetained {
  private final Optional<long[]> classes;
  private final Optional<long[]> packages;
  private final Optional<long[]> loaders;

  private ClassRetained(HeapParts heap, Contracted contracted, Function<HeapClass, String> packageOf) {
    List<HeapClass> all = heap.graph().index().classes().all();
    Map<Object, Integer> numbers = new HashMap<>();
    int[][] groupsOfClass = new int[all.size()][];
    for (HeapClass heapClass : all) {
      numbers.put(heapClass.number(), heapClass.number());
    }
    for (HeapClass heapClass : all) {
      int inPackage = numbers.computeIfAbsent("package " + packageOf.apply(heapClass), key -> numbers.size());
      int inLoader = numbers.computeIfAbsent("loader " + heapClass.loaderId(), key -> numbers.size());
      groupsOfClass[heapClass.number()] = new int[] {heapClass.number(), Math.min(inPackage, inLoader),
          Math.max(inPackage, inLoader)};
    }
    long[] ofGroup = GroupRetained.of(heap, contracted, groupsOfClass, numbers.size());
    classes = byClass(ofGroup, all, HeapClass::number);
    packages = byClass(ofGroup, all, type -> numbers.getOrDefault("package " + packageOf.apply(type), 0));
    loaders = byClass(ofGroup, all, type -> numbers.getOrDefault("loader " + type.loaderId(), 0));
  }

  static ClassRetained of(HeapParts heap, Contracted contracted, Function<HeapClass, String> packageOf) {
    return new ClassRetained(heap, contracted, packageOf);
  }

  private static Optional<long[]> byClass(long[] ofGroup, List<HeapClass> all, ToIntFunction<HeapClass> group) {
    return ofGroup.length == 0
        ? Optional.empty()
        : Optional.of(all.stream().mapToLong(heapClass -> ofGroup[group.applyAsInt(heapClass)]).toArray());
  }

  /** Bytes by class number; empty if the heap has too many different ways to its objects. */
  public Optional<long[]> byClass() {
    return classes.map(long[]::clone);
  }

  /** Every class has the bytes of its package. */
  public Optional<long[]> byPackage() {
    return packages.map(long[]::clone);
  }

  /** Every class has the bytes of its loader. */
  public Optional<long[]> byLoader() {
    return loaders.map(long[]::clone);
  }
}
