package io.tare.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectPoolTest {
  @Test
  void anObjectIsResetBeforeItLies() {
    ObjectPool<List<String>> pool = ObjectPool.of(ArrayList::new, List::clear, PoolOptions.upTo(4));
    Lease<List<String>> lease = pool.take();
    List<String> list = lease.value();
    list.add("a secret of the last user");
    lease.close();
    assertThat(list).isEmpty();
    assertThat(pool.take().value()).isSameAs(list);
  }

  @Test
  void anObjectWhoseResetFailsIsDroppedAndItsUserIsTold() {
    ObjectPool<StringBuilder> pool = ObjectPool.of(StringBuilder::new, builder -> {
      if (builder.length() > 3) {
        throw new IllegalArgumentException("grown too large");
      }
    }, PoolOptions.upTo(4));
    Lease<StringBuilder> lease = pool.take();
    StringBuilder builder = lease.value().append("long");
    assertThatIllegalArgumentException().isThrownBy(lease::close).withMessage("grown too large");
    assertThatIllegalStateException().isThrownBy(lease::close);
    // Held until its weight was looked at: a lease that nobody refers to any more gives its weight back at the next collection.
    try (Lease<StringBuilder> next = pool.take()) {
      assertThat(next.value()).isNotSameAs(builder);
      assertThat(pool.statistics().dropped()).isEqualTo(1);
      assertThat(pool.statistics().heldWeight()).isEqualTo(1);
    }
  }

  @Test
  void aMakerThatFailsCostsNoRoom() {
    ObjectPool<Object> pool = ObjectPool.of(() -> {
      throw new IllegalStateException("no more");
    }, object -> {}, PoolOptions.upTo(4));
    assertThatIllegalStateException().isThrownBy(pool::take).withMessage("no more");
    assertThat(pool.statistics().heldWeight()).isZero();
  }

  @Test
  void aTakeBeyondTheLimitSucceedsButIsNotKept() {
    ObjectPool<Object> pool = ObjectPool.of(Object::new, object -> {}, PoolOptions.upTo(1));
    Lease<Object> kept = pool.take();
    Lease<Object> extra = pool.take();
    Object extraObject = extra.value();
    Object keptObject = kept.value();
    extra.close();
    kept.close();
    assertThat(pool.take().value()).isSameAs(keptObject).isNotSameAs(extraObject);
    assertThat(pool.statistics().unpooled()).isEqualTo(1);
  }

  @Test
  void aWarmPoolAllocatesNothing() {
    ObjectPool<StringBuilder> pool = ObjectPool.of(StringBuilder::new, builder -> builder.setLength(0),
        PoolOptions.upTo(4));
    assertThat(AllocatedBytes.perCall(() -> pool.take().close())).isZero();
    assertThat(pool.statistics().hitShare()).isGreaterThan(0.99);
  }
}
