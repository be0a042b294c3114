package io.tare.heap.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.heap.HeapDiff.SuspectGrowth;
import io.tare.model.heap.HeapDiff.SuspectGrowth.Pile;
import io.tare.model.heap.Suspect;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Suspects of two dumps, side by side. */
class JoinedTest {
  @Test
  void aPlaceThatOneDumpDoesNotNameHasNoNumberThere() {
    Suspect cache = new Suspect("", "field A.cache", 900, 0.2, List.of(), "app.Entry", 30, 800, List.of());
    List<SuspectGrowth> gone = Joined.suspects(List.of(cache), List.of());
    assertThat(gone).containsExactly(
        new SuspectGrowth("field A.cache", "app.Entry", Optional.of(new Pile(30, 900)), Optional.empty()));
    assertThat(gone.getFirst().retainedBytes()).isEmpty();
  }
}
