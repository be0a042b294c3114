package io.tare.heapdump.dominators;

import io.tare.heapdump.index.HeapClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What all objects of a class, of a package and of a class loader hold together, by class number. */
public final class ClassRetained {
  private final Optional<long[]> classes;
  private final Optional<long[]> packages;
  private final Optional<long[]> loaders;

  private ClassRetained(HeapParts heap, Contracted contracted, Function<HeapClass, String> packageOf) {
    List<HeapClass> all = heap.graph().index().classes().all();
    classes = by(heap, contracted, all, HeapClass::number);
    packages = by(heap, contracted, all, packageOf);
    loaders = by(heap, contracted, all, HeapClass::loaderId);
  }

  static ClassRetained of(HeapParts heap, Contracted contracted, Function<HeapClass, String> packageOf) {
    return new ClassRetained(heap, contracted, packageOf);
  }

  private static Optional<long[]> by(
      HeapParts heap, Contracted contracted, List<HeapClass> all, Function<HeapClass, ?> group) {
    Map<Object, Integer> numbers = new HashMap<>();
    int[] groupOfClass = new int[all.size()];
    for (HeapClass heapClass : all) {
      groupOfClass[heapClass.number()] = numbers.computeIfAbsent(group.apply(heapClass), key -> numbers.size());
    }
    long[] ofGroup = GroupRetained.of(heap, contracted, groupOfClass, numbers.size());
    if (ofGroup.length == 0) {
      return Optional.empty();
    }
    long[] ofClass = new long[all.size()];
    for (int i = 0; i < ofClass.length; i++) {
      ofClass[i] = ofGroup[groupOfClass[i]];
    }
    return Optional.of(ofClass);
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
