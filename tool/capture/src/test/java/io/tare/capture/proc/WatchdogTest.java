package io.tare.capture.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Readings in a row, of which some never return. */
class WatchdogTest {
  private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
  private final List<Integer> hanging = new ArrayList<>();

  private List<Integer> doubled(Watchdog.Many many, List<Integer> all, CountDownLatch forThird) {
    return many.each(all, number -> {
      readers.add(Thread.currentThread());
      if (number == 3) {
        await(forThird);
      }
      return 2 * number;
    }, hanging::add);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  @Test
  void aRowIsReadInItsOrderByOneThread() {
    assertThat(doubled(new Watchdog.Many(), List.of(5, 1, 4, 3), new CountDownLatch(0))).containsExactly(10, 2, 8, 6);
    assertThat(readers).hasSize(1).doesNotContain(Thread.currentThread());
    assertThat(hanging).isEmpty();
    assertThat(doubled(new Watchdog.Many(), List.of(), new CountDownLatch(0))).isEmpty();
  }

  @Test
  @Tag("slow")
  void whoeverHangsIsLeftOutAndToldAndTheRestIsReadByAnother() throws Exception {
    CountDownLatch third = new CountDownLatch(1);
    List<Integer> read = doubled(new Watchdog.Many(), List.of(1, 3, 2), third);
    assertThat(read).containsExactly(2, 4);
    assertThat(hanging).containsExactly(3);
    assertThat(readers).hasSize(2);
    third.countDown();
    for (Thread reader : readers) {
      // What it brings now is too late, and it reads nothing more.
      Thread.sleep(50);
      assertThat(reader.getName()).isEqualTo("reading");
    }
    assertThat(read).containsExactly(2, 4);
  }

  @Test
  @Tag("slow")
  void theLastOneMayHangToo() {
    assertThat(doubled(new Watchdog.Many(), List.of(1, 3), new CountDownLatch(1))).containsExactly(2);
    assertThat(hanging).containsExactly(3);
  }

  @Test
  @Tag("slow")
  void whoIsInAHurryWaitsAThirdOfASecond() {
    long began = System.nanoTime();
    assertThat(doubled(new Watchdog.Many(() -> true), List.of(3), new CountDownLatch(1))).isEmpty();
    assertThat(System.nanoTime() - began).isBetween(290_000_000L, 1_500_000_000L);
  }

  @Test
  void aFaultOfOursIsThrown() {
    assertThatThrownBy(() -> new Watchdog.Many().each(List.of(1, 2), number -> {
      throw new IllegalArgumentException("number " + number);
    }, hanging::add)).isInstanceOf(IllegalArgumentException.class).hasMessage("number 1");
    assertThat(hanging).isEmpty();
  }
}
