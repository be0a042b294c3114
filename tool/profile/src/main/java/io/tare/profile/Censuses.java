package io.tare.profile;

import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What moved between two counts of a process's objects. */
public final class Censuses {
  private Censuses() {}

  /** What is more now than before, also less than nothing; what moved most first, what did not move left out. */
  public static TypeCensus difference(TypeCensus now, TypeCensus before) {
    Map<TypeName, TypeCount> changes = new HashMap<>();
    now.types().forEach(type -> changes.merge(TypeName.of(type), type, Censuses::plus));
    for (TypeCount type : before.types()) {
      changes.merge(TypeName.of(type), new TypeCount(type.name(), type.module(), -type.objects(), -type.bytes()),
          Censuses::plus);
    }
    List<TypeCount> moved = new ArrayList<>(changes.values());
    moved.removeIf(type -> type.objects() == 0 && type.bytes() == 0);
    moved.sort(Comparator.comparingLong((TypeCount type) -> Math.abs(type.bytes())).reversed()
        .thenComparing(TypeCount::name).thenComparing(TypeCount::module));
    return new TypeCensus(now.runtime(), now.truth().compareTo(before.truth()) > 0 ? now.truth() : before.truth(),
        Math.max(now.oneIn(), before.oneIn()), moved, now.unparsedBytes() - before.unparsedBytes(), now.cost(),
        now.live());
  }

  private record TypeName(String name, String module) {
    static TypeName of(TypeCount type) {
      return new TypeName(type.name(), type.module());
    }
  }

  private static TypeCount plus(TypeCount one, TypeCount other) {
    return new TypeCount(one.name(), one.module(), one.objects() + other.objects(),
        one.bytes() + other.bytes());
  }
}
