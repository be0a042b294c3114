package io.tare.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
  private static final PoolOptions ONE_MEGABYTE = PoolOptions.upTo(1 << 20);

  @Test
  void aWarmPoolAllocatesNothing() {
    BufferPool pool = BufferPool.direct(ONE_MEGABYTE);
    assertThat(AllocatedBytes.perCall(() -> pool.take(4_000).close())).isZero();
    assertThat(pool.statistics().created()).isEqualTo(1);
  }

  @Test
  void aBufferIsResetForItsNextUser() {
    BufferPool pool = BufferPool.heap(ONE_MEGABYTE);
    Lease<ByteBuffer> first = pool.take(1_000);
    ByteBuffer used = first.value();
    used.order(ByteOrder.LITTLE_ENDIAN).putLong(7).mark().limit(20);
    first.close();
    try (Lease<ByteBuffer> second = pool.take(900)) {
      assertThat(second.value()).isSameAs(used);
      assertThat(second.value().position()).isZero();
      assertThat(second.value().limit()).isEqualTo(900);
      assertThat(second.value().order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    }
  }

  @Test
  void releasingTwiceThrows() {
    Lease<ByteBuffer> lease = BufferPool.heap(ONE_MEGABYTE).take(10);
    lease.close();
    assertThatIllegalStateException().isThrownBy(lease::close).withMessage("released twice");
  }

  @Test
  void useAfterReleaseThrows() {
    Lease<ByteBuffer> lease = BufferPool.heap(ONE_MEGABYTE).take(10);
    lease.close();
    assertThatIllegalStateException().isThrownBy(lease::value).withMessage("used after release");
  }

  @Test
  void debugModeNoticesMisuseOfAnOldLeaseThoughTheBufferIsTakenAgain() {
    BufferPool pool = BufferPool.heap(ONE_MEGABYTE.withDebug());
    Lease<ByteBuffer> old = pool.take(10);
    ByteBuffer buffer = old.value();
    old.close();
    try (Lease<ByteBuffer> fresh = pool.take(10)) {
      assertThat(fresh.value()).isSameAs(buffer);
      assertThatIllegalStateException().isThrownBy(old::close).withMessage("released twice");
      assertThatIllegalStateException().isThrownBy(old::value).withMessage("used after release");
    }
  }

  @Test
  void debugModeNoticesAWriteAfterReleaseAndDropsTheBuffer() {
    List<Misuse> found = new ArrayList<>();
    BufferPool pool = BufferPool.heap(ONE_MEGABYTE.withDebug().withListener(found::add));
    Lease<ByteBuffer> lease = pool.take(10);
    ByteBuffer kept = lease.value();
    lease.close();
    kept.put(3, (byte) 1);
    try (Lease<ByteBuffer> next = pool.take(10)) {
      assertThat(next.value()).isNotSameAs(kept);
    }
    assertThat(found).hasSize(1);
    assertThat(found.get(0).kind()).isEqualTo(Misuse.Kind.WRITTEN_AFTER_RELEASE);
    assertThat(found.get(0).takenAt().orElseThrow().getStackTrace())
        .anyMatch(f -> f.getClassName().endsWith("BufferPoolTest"));
    assertThat(pool.statistics().heldWeight()).isEqualTo(256);
  }

  @Test
  void aLeakedBufferIsReportedWithItsPlaceAndItsBytesReturn() throws InterruptedException {
    List<Misuse> found = new CopyOnWriteArrayList<>();
    BufferPool pool = BufferPool.heap(ONE_MEGABYTE.withDebug().withListener(found::add));
    leak(pool);
    Eventually.afterGc("the leak is found", () -> !found.isEmpty());
    assertThat(found.get(0).kind()).isEqualTo(Misuse.Kind.LEAKED);
    assertThat(found.get(0).weight()).isEqualTo(5_120);
    assertThat(found.get(0).takenAt().orElseThrow().getStackTrace()).anyMatch(f -> f.getMethodName().equals("leak"));
    assertThat(pool.statistics().heldWeight()).isZero();
  }

  @Test
  void aLeakedBufferIsNoticedWithoutDebugModeToo() throws InterruptedException {
    BufferPool pool = BufferPool.heap(ONE_MEGABYTE);
    leak(pool);
    Eventually.afterGc("the leak is found", () -> pool.statistics().misuses() == 1);
    assertThat(pool.statistics().heldWeight()).isZero();
  }

  @Test
  void idleBuffersAreNoLeak() throws InterruptedException {
    BufferPool pool = BufferPool.heap(ONE_MEGABYTE);
    Thread user = new Thread(() -> pool.take(300).close());
    user.start();
    user.join();
    user = null;
    Eventually.afterGc("the ended thread's buffer is returned", () -> pool.statistics().heldWeight() == 0);
    assertThat(pool.statistics().misuses()).isZero();
    assertThat(pool.statistics().takes()).isEqualTo(1);
  }

  @Test
  void thePoolNeverHoldsMoreThanItsLimit() {
    BufferPool pool = BufferPool.heap(PoolOptions.upTo(10_000));
    List<Lease<ByteBuffer>> leases = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      leases.add(pool.take(1_000));
      assertThat(pool.statistics().heldWeight()).isLessThanOrEqualTo(10_000);
    }
    leases.forEach(Lease::close);
    PoolStatistics statistics = pool.statistics();
    assertThat(statistics.created()).isEqualTo(9);
    assertThat(statistics.unpooled()).isEqualTo(91);
    assertThat(statistics.heldWeight()).isEqualTo(9 * 1_024);
  }

  @Test
  void idleBuffersOfOneSizeMakeRoomForAnother() {
    BufferPool pool = BufferPool.heap(PoolOptions.upTo(8_192).withPerThread(0));
    List<Lease<ByteBuffer>> small = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      small.add(pool.take(1_024));
    }
    small.forEach(Lease::close);
    pool.take(8_000).close();
    assertThat(pool.statistics().unpooled()).isZero();
    assertThat(pool.statistics().dropped()).isEqualTo(8);
    assertThat(pool.statistics().heldWeight()).isEqualTo(8_192);
  }

  @Test
  void aVeryLargeBufferIsMadeAndNotKept() {
    BufferPool pool = BufferPool.heap(PoolOptions.upTo(1 << 30));
    try (Lease<ByteBuffer> lease = pool.take(BufferPool.LARGEST_BYTES + 1)) {
      assertThat(lease.value().remaining()).isEqualTo(BufferPool.LARGEST_BYTES + 1);
    }
    assertThat(pool.statistics().heldWeight()).isZero();
    assertThat(pool.statistics().unpooled()).isEqualTo(1);
  }

  @Test
  void trimLetsSharedIdleBuffersGo() {
    BufferPool pool = BufferPool.heap(ONE_MEGABYTE.withPerThread(0));
    pool.take(1_000).close();
    assertThat(pool.statistics().heldWeight()).isEqualTo(1_024);
    pool.trim();
    assertThat(pool.statistics().heldWeight()).isZero();
  }

  @Test
  void aForgottenPoolIsCollectedThoughItsThreadLivesOn() throws InterruptedException {
    WeakReference<BufferPool> forgotten = new WeakReference<>(usedPool());
    Eventually.afterGc("the pool is collected", () -> forgotten.get() == null);
  }

  private static BufferPool usedPool() {
    BufferPool pool = BufferPool.heap(ONE_MEGABYTE);
    pool.take(100).close();
    return pool;
  }

  private static void leak(BufferPool pool) {
    pool.take(5_000).value().put((byte) 1);
  }
}
