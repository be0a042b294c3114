package io.tare.capture.memory.hotspot.census;

import static io.tare.capture.memory.hotspot.census.FakeHeap.BOTTOM;
import static io.tare.capture.memory.hotspot.census.FakeHeap.LONGS;
import static io.tare.capture.memory.hotspot.census.FakeHeap.NODE;
import static io.tare.capture.memory.hotspot.census.FakeHeap.PLAIN;
import static io.tare.capture.memory.hotspot.census.FakeHeap.POINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.hotspot.census.Traces.Trace;
import org.junit.jupiter.api.Test;

/** Whether a region holds what it held when it was walked. */
class TracesTest {
  private final FakeHeap heap = new FakeHeap(PLAIN);

  private Trace walked() {
    heap.walk();
    return heap.window().traces().take();
  }

  @Test
  void aRegionThatNobodyTouchedHoldsWhatItHeld() {
    for (int i = 0; i < 20_000; i++) {
      heap.object(i % 3 == 0 ? NODE : POINT);
    }
    assertThat(walked().isStillIn(heap.memory())).isTrue();
  }

  @Test
  void aRegionThatWasFilledAnewIsNoticedByItsFirstObject() {
    heap.object(POINT).object(NODE).object(POINT);
    Trace before = walked();
    heap.header(BOTTOM, NODE);
    assertThat(before.isStillIn(heap.memory())).isFalse();
  }

  @Test
  void aRegionWhoseRestChangedIsNoticedByAWordFurtherOn() {
    for (int i = 0; i < 20_000; i++) {
      heap.object(NODE);
    }
    Trace before = walked();
    heap.memory().u64(BOTTOM + (3 << 16), 0x1234_5678L);
    assertThat(before.isStillIn(heap.memory())).isFalse();
  }

  @Test
  void whatWasPassedOverIsNoTrace() {
    heap.object(POINT).array(LONGS, 2 << 20).object(NODE);
    Trace before = walked();
    heap.memory().u64(BOTTOM + (1 << 23), 0x1234_5678L);
    assertThat(before.isStillIn(heap.memory())).as("the body of a large array").isTrue();
  }
}
