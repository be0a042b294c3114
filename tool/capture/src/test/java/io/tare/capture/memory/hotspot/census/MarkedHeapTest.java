package io.tare.capture.memory.hotspot.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.memory.hotspot.HotspotHeap.HeapChanged;
import io.tare.model.jvm.HeapPart;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkedHeapTest {
  private static final long LOW = 0x7000_0000_0000L;
  private static final long REGION = 1 << 20;

  /** Regions side by side. */
  private static List<HeapPart> regions(String... roles) {
    List<HeapPart> parts = new ArrayList<>();
    for (int i = 0; i < roles.length; i++) {
      long bottom = LOW + i * REGION;
      parts.add(new HeapPart(roles[i], bottom, roles[i].equals("free") ? bottom : bottom + REGION, bottom + REGION));
    }
    return parts;
  }

  private static MarkedHeap heap(String... roles) throws HeapChanged {
    return new MarkedHeap(regions(roles), 8 * REGION);
  }

  @Test
  void anObjectWaitsOnceAndIsToldByWhereItLies() throws Exception {
    MarkedHeap heap = heap("old", "eden", "survivor", "humongous", "free");
    assertThat(heap.reach(LOW + 64)).isEqualTo(MarkedHeap.OLD);
    assertThat(heap.reach(LOW + REGION + 8)).isEqualTo(MarkedHeap.YOUNG);
    assertThat(heap.reach(LOW + 2 * REGION)).isEqualTo(MarkedHeap.YOUNG);
    assertThat(heap.reach(LOW + 3 * REGION)).isEqualTo(MarkedHeap.LARGE);
    assertThat(heap.reach(LOW + 4 * REGION)).as("may be eden by now").isEqualTo(MarkedHeap.YOUNG);
    assertThat(heap.reach(LOW + 64)).as("again").isEqualTo(MarkedHeap.OLD);
    assertThat(heap.pending(0)[0]).isEqualTo(1L << 8);
    heap.done(0);
    heap.reach(LOW + 64);
    assertThat(heap.pending(0)).as("it was looked at").containsOnly(0);
  }

  @Test
  void whatIsOutsideOfTheHeapOrNoPlaceOfAnObjectIsNotReached() throws Exception {
    MarkedHeap heap = heap("old", "eden");
    for (long nowhere : new long[] {0, 8, LOW - 8, LOW + 8 * REGION, Long.MAX_VALUE & -8, -8, LOW + 4,
        LOW + 5 * REGION}) {
      assertThat(heap.reach(nowhere)).as(Long.toHexString(nowhere)).isEqualTo(MarkedHeap.NOTHING);
      assertThat(heap.isReached(nowhere)).isFalse();
    }
    assertThat(heap.nextWaiting(0)).isEqualTo(-1);
  }

  @Test
  void whatIsOldComesFirst() throws Exception {
    MarkedHeap heap = heap("eden", "old");
    heap.reach(LOW + 8);
    heap.reach(LOW + REGION + 8);
    assertThat(heap.nextWaiting(0)).isEqualTo(16);
    heap.done(16);
    assertThat(heap.nextWaiting(16)).as("from the beginning again").isZero();
  }

  @Test
  void afterACollectionWhatIsYoungIsForgottenAndWhatIsOldIsNot() throws Exception {
    MarkedHeap heap = heap("old", "eden", "free", "old");
    heap.reach(LOW + 8);
    heap.reach(LOW + REGION + 8);
    assertThat(heap.collected(regions("old", "free", "old", "old"))).isTrue();
    assertThat(heap.isReached(LOW + 8)).isTrue();
    assertThat(heap.isReached(LOW + REGION + 8)).isFalse();
    assertThat(heap.nextWaiting(16)).as("the old one waits still").isZero();
    assertThat(heap.reach(LOW + 2 * REGION + 8)).as("promoted into").isEqualTo(MarkedHeap.OLD);
  }

  @Test
  void whereOldRegionsAreGoneWhatLivedInThemHasMoved() throws Exception {
    MarkedHeap heap = heap("old", "old", "humongous", "eden");
    heap.reach(LOW + 8);
    heap.reach(LOW + 2 * REGION);
    assertThat(heap.collected(regions("old", "free", "free", "eden")))
        .as("nothing of it was reached, and a large one is alone")
        .isTrue();
    assertThat(heap.isReached(LOW + 2 * REGION)).isFalse();
    assertThat(heap.collected(regions("eden", "free", "free", "eden"))).isFalse();
  }

  @Test
  void aHeapThatIsLaidOutOtherwiseIsRefused() {
    assertThatThrownBy(() -> new MarkedHeap(List.of(new HeapPart("old", LOW + 4096, LOW + 8192, LOW + REGION)), REGION))
        .isInstanceOf(HeapChanged.class);
    assertThatThrownBy(() -> new MarkedHeap(regions("old"), 1L << 40)).isInstanceOf(HeapChanged.class);
  }
}
