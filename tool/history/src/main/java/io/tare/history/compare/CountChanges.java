package io.tare.history.compare;

import io.tare.model.history.Counting;
import io.tare.model.history.Counting.Count;
import io.tare.model.history.LeakVerdict.Grower;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which class, type or function became more, or less, between two counts. */
public final class CountChanges {
  private CountChanges() {}

  /**
   * What moved most first, what did not move left out; nothing where the counts are of different things. A name that one of them left out
   * because it was too light has as much there as the lightest that was kept: it moved by at least what is told.
   */
  public static List<Grower> between(Counting before, Counting after) {
    if (before.kind() != after.kind()) {
      return List.of();
    }
    Map<String, Count> old = byName(before);
    Map<String, Count> now = byName(after);
    List<Grower> changes = new ArrayList<>();
    now.forEach((name, count) -> {
      Count then = old.get(name);
      if (then != null) {
        changes.add(change(after.kind(), name, then.bytes(), count.bytes(), then.objects(), count.objects()));
      } else if (count.bytes() > before.leftOutBytes() || before.leftOutBytes() == 0) {
        changes.add(change(after.kind(), name, before.leftOutBytes(), count.bytes(), 0, count.objects()));
      }
    });
    old.forEach((name, count) -> {
      if (!now.containsKey(name) && (count.bytes() > after.leftOutBytes() || after.leftOutBytes() == 0)) {
        changes.add(change(after.kind(), name, count.bytes(), after.leftOutBytes(), count.objects(), 0));
      }
    });
    changes.removeIf(change -> change.moreBytes() == 0 && change.moreObjects() == 0);
    changes.sort(Comparator.comparingLong((Grower change) -> Math.abs(change.moreBytes())).reversed()
        .thenComparing(Comparator.comparingLong((Grower change) -> Math.abs(change.moreObjects())).reversed())
        .thenComparing(Grower::name));
    return changes;
  }

  private static Grower change(Counting.Kind kind, String name, long firstBytes, long lastBytes, long firstObjects,
      long lastObjects) {
    return new Grower(kind, name, firstBytes, lastBytes, firstObjects, lastObjects, 2);
  }

  private static Map<String, Count> byName(Counting counting) {
    Map<String, Count> byName = new HashMap<>();
    counting.counts().forEach(count -> byName.put(count.name(), count));
    return byName;
  }
}
