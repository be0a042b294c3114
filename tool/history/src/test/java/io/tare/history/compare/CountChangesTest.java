package io.tare.history.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Counting;
import io.tare.model.history.Counting.Count;
import io.tare.model.history.Counting.Kind;
import io.tare.model.history.LeakVerdict.Grower;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountChangesTest {
  private static Counting counting(long leftOutBytes, Count... counts) {
    return new Counting(0, Kind.CLASS, List.of(counts), leftOutBytes, 0);
  }

  private static Grower change(String name, long firstBytes, long lastBytes, long firstObjects, long lastObjects) {
    return new Grower(Kind.CLASS, name, firstBytes, lastBytes, firstObjects, lastObjects, 2);
  }

  @Test
  void whatMovedMostComesFirstAndWhatDidNotIsLeftOut() {
    Counting before = counting(0, new Count("byte[]", 10, 1_000), new Count("app.Gone", 3, 72),
        new Count("app.Same", 1, 24), new Count("goroutines in main.wait", 5, 0));
    Counting after = counting(0, new Count("app.Leak", 100, 2_400), new Count("byte[]", 8, 800),
        new Count("app.Same", 1, 24), new Count("goroutines in main.wait", 9, 0));
    assertThat(CountChanges.between(before, after)).containsExactly(change("app.Leak", 0, 2_400, 0, 100),
        change("byte[]", 1_000, 800, 10, 8), change("app.Gone", 72, 0, 3, 0),
        change("goroutines in main.wait", 0, 0, 5, 9));
  }

  /** A name that one count left out for its lightness was there, with as much as the lightest that was kept at most. */
  @Test
  void whatWasTooLightToBeKeptIsNotTakenForNothing() {
    Counting all = counting(0, new Count("byte[]", 10, 1_000));
    Counting some = counting(300, new Count("byte[]", 10, 1_000), new Count("app.New", 7, 500));
    Counting light = counting(600, new Count("byte[]", 10, 1_000));
    assertThat(CountChanges.between(light, counting(0, new Count("byte[]", 10, 1_000), new Count("app.New", 7, 900))))
        .containsExactly(change("app.New", 600, 900, 0, 7));
    assertThat(CountChanges.between(light, some)).as("it may have had as much before").isEmpty();
    assertThat(CountChanges.between(some, light)).isEmpty();
    assertThat(CountChanges.between(some, all)).containsExactly(change("app.New", 500, 0, 7, 0));
  }

  @Test
  void countsOfDifferentThingsAreNotHeldAgainstEachOther() {
    Counting types = new Counting(0, Kind.TYPE, List.of(new Count("dict", 10, 1_000)), 0, 0);
    assertThat(CountChanges.between(counting(0, new Count("byte[]", 10, 1_000)), types)).isEmpty();
  }
}
