package io.tare.capture.memory.hotspot.census;

import static io.tare.capture.memory.hotspot.census.FakeHeap.BOTTOM;
import static io.tare.capture.memory.hotspot.census.FakeHeap.BYTES;
import static io.tare.capture.memory.hotspot.census.FakeHeap.COMPACT;
import static io.tare.capture.memory.hotspot.census.FakeHeap.LONGS;
import static io.tare.capture.memory.hotspot.census.FakeHeap.MIRROR;
import static io.tare.capture.memory.hotspot.census.FakeHeap.NODE;
import static io.tare.capture.memory.hotspot.census.FakeHeap.PLAIN;
import static io.tare.capture.memory.hotspot.census.FakeHeap.POINT;
import static io.tare.capture.memory.hotspot.census.FakeHeap.STACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tare.capture.memory.hotspot.HotspotHeap.Buffer;
import io.tare.capture.memory.hotspot.HotspotHeap.HeaderForm;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ObjectWalkTest {
  /** A mark that says that the object is elsewhere; what lies under it is skipped on purpose. */
  private static final long MOVED = 2;

  @Test
  void objectsAreCountedByTheClassThatTheirHeadersName() {
    FakeHeap heap = new FakeHeap(PLAIN).object(POINT).object(NODE).array(BYTES, 5).array(LONGS, 3).object(POINT);
    assertThat(heap.walk().unparsedBytes()).isZero();
    assertThat(heap.counted()).containsExactly(entry("Node", "1 in 40"), entry("Point", "2 in 48"),
        entry("[B", "1 in 24"), entry("[J", "1 in 40"));
  }

  @Test
  void compactHeadersHoldTheClassInTheFirstWord() {
    FakeHeap heap = new FakeHeap(COMPACT).object(POINT).array(BYTES, 5).object(NODE);
    assertThat(heap.walk().unparsedBytes()).isZero();
    assertThat(heap.counted()).containsExactly(entry("Node", "1 in 40"), entry("Point", "1 in 24"),
        entry("[B", "1 in 24"));
  }

  @Test
  void arraysAreRoundedUpToTheAlignment() {
    FakeHeap heap = new FakeHeap(new HeaderForm(false, true, 0, 0, 16, 12, 1)).array(BYTES, 1).array(BYTES, 17);
    heap.walk();
    assertThat(heap.counted()).containsExactly(entry("[B", "2 in 80"));
  }

  @Test
  void aClassAndAStackTellTheirOwnSize() {
    // 20 words of a class with its statics; a stack of 10 words after 56 bytes, and a bit for each of its 20 references.
    FakeHeap heap = new FakeHeap(PLAIN).telling(MIRROR, 20, 160).telling(STACK, 10, 56 + 8 * (10 + 1)).object(POINT);
    assertThat(heap.walk().unparsedBytes()).isZero();
    assertThat(heap.counted()).containsExactly(entry("Point", "1 in 24"), entry("java/lang/Class", "1 in 160"),
        entry("jdk/internal/vm/StackChunk", "1 in 144"));
  }

  @Test
  void theBodyOfALargeArrayIsNotRead() {
    FakeHeap heap = new FakeHeap(PLAIN).object(POINT).array(LONGS, 2 << 20).object(NODE);
    assertThat(heap.walk().unparsedBytes()).isZero();
    assertThat(heap.counted()).containsExactly(entry("Node", "1 in 40"), entry("Point", "1 in 24"),
        entry("[J", "1 in 16777232"));
    assertThat(heap.window().bytesSeen()).isEqualTo(2 * 4096);
  }

  @Test
  void whatAThreadHasNotAllocatedYetIsNoObject() {
    FakeHeap heap = new FakeHeap(PLAIN).object(POINT).object(POINT);
    long top = heap.top();
    // Left from before: it looks like objects.
    heap.object(NODE).object(NODE).space(16);
    long end = heap.top();
    heap.object(POINT);
    assertThat(heap.walk(new Buffer(BOTTOM, top, end)).unparsedBytes()).isZero();
    assertThat(heap.counted()).containsExactly(entry("Point", "3 in 72"));
  }

  @Test
  void anObjectThatIsBeingWrittenEndsAThreadsBuffer() {
    FakeHeap heap = new FakeHeap(PLAIN).object(POINT);
    long torn = heap.top();
    // Where it will be, objects of before look whole.
    heap.space(24).object(NODE).object(NODE).object(NODE);
    long top = heap.top();
    heap.space(104).object(NODE);
    assertThat(heap.walk(new Buffer(BOTTOM, top, top + 104)).unparsedBytes()).isEqualTo(top - torn);
    assertThat(heap.counted()).containsExactly(entry("Node", "1 in 40"), entry("Point", "1 in 24"));
  }

  @Test
  void afterAHeaderThatMakesNoSenseTheNextObjectsAreFoundAgain() {
    FakeHeap heap = new FakeHeap(PLAIN).object(POINT).space(48);
    for (int i = 0; i < 10; i++) {
      heap.object(NODE);
    }
    assertThat(heap.walk().unparsedBytes()).isEqualTo(48);
    assertThat(heap.counted()).containsExactly(entry("Node", "10 in 400"), entry("Point", "1 in 24"));
  }

  @Test
  void movedObjectsAreCountedWhereTheyWent() {
    FakeHeap heap = new FakeHeap(PLAIN).object(POINT);
    heap.memory().u64(BOTTOM, 0x7123_4560L | 3);
    heap.object(POINT);
    heap.walk();
    assertThat(heap.counted()).containsExactly(entry("Point", "1 in 24"));
  }

  @Test
  void anArrayThatClaimsMoreThanThereIsIsNoObject() {
    FakeHeap heap = new FakeHeap(PLAIN).object(POINT);
    heap.memory().u32(heap.top() + 12, Integer.MAX_VALUE);
    heap.sized(LONGS, 40).object(POINT).object(POINT).object(POINT);
    assertThat(heap.walk().unparsedBytes()).isEqualTo(40);
    assertThat(heap.counted()).containsExactly(entry("Point", "4 in 96"));
  }

  @Test
  void whateverTheMemoryHoldsEveryByteIsCountedOnceOrSaidToBeUnparsed() {
    long seed = Long.getLong("hostile.seed", 20_261_122);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      FakeHeap heap = new FakeHeap(random.nextBoolean() ? PLAIN : COMPACT);
      for (int i = 0; i < 200; i++) {
        switch (random.nextInt(6)) {
          case 0 -> heap.array(BYTES, random.nextInt(300));
          case 1 -> heap.array(LONGS, random.nextInt(40_000));
          case 2 -> heap.telling(STACK, random.nextInt(-2, 60), 56 + 8 * random.nextInt(1, 64));
          case 3 -> heap.space(8L * random.nextInt(1, 100));
          default -> heap.object(random.nextBoolean() ? POINT : NODE);
        }
      }
      for (int wound = random.nextInt(40); wound > 0; wound--) {
        heap.memory().u64(BOTTOM + (random.nextLong(heap.top() - BOTTOM) & ~7L),
            (random.nextBoolean() ? random.nextLong() : random.nextInt(0x108)) & ~MOVED);
      }
      PartCount count = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> heap.walk());
      assertThat(Arrays.stream(count.bytes()).sum() + count.unparsedBytes())
          .isEqualTo(heap.top() - BOTTOM);
    }
  }
}
