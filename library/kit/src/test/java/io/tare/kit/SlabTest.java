package io.tare.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlabTest {
  @Test
  void itAgreesWithAMapOfRecords() {
    Random random = Seed.random("itAgreesWithAMapOfRecords");
    try (Slab slab = Slab.of(20, 20_000)) {
      Map<Long, long[]> reference = new HashMap<>();
      List<Long> handles = new ArrayList<>();
      for (int step = 0; step < 60_000; step++) {
        if (handles.isEmpty() || random.nextInt(3) > 0 && handles.size() < 15_000) {
          long handle = slab.allocate();
          assertThat(slab.getLong(handle, 0) | slab.getLong(handle, 8) | slab.getLong(handle, 16)).isZero();
          long[] values = {random.nextLong(), random.nextLong(), random.nextLong()};
          for (int i = 0; i < 3; i++) {
            slab.putLong(handle, i * 8, values[i]);
          }
          assertThat(reference.put(handle, values)).isNull();
          handles.add(handle);
        } else {
          int at = random.nextInt(handles.size());
          long handle = handles.set(at, handles.get(handles.size() - 1));
          handles.remove(handles.size() - 1);
          long[] values = reference.remove(handle);
          for (int i = 0; i < 3; i++) {
            assertThat(slab.getLong(handle, i * 8)).isEqualTo(values[i]);
          }
          slab.free(handle);
        }
        assertThat(slab.live()).isEqualTo(handles.size());
      }
    }
  }

  @Test
  void aFreedRecordThrowsThoughItsPlaceIsUsedAgain() {
    try (Slab slab = Slab.of(8, 1)) {
      long old = slab.allocate();
      slab.free(old);
      assertThatIllegalStateException().isThrownBy(() -> slab.free(old)).withMessage("used after free");
      long fresh = slab.allocate();
      assertThatIllegalStateException().isThrownBy(() -> slab.getLong(old, 0));
      assertThatIllegalStateException().isThrownBy(() -> slab.putInt(old, 0, 1));
      assertThatIllegalStateException().isThrownBy(() -> slab.free(old));
      assertThat(slab.getLong(fresh, 0)).isZero();
    }
  }

  @Test
  void aMadeUpHandleThrows() {
    try (Slab slab = Slab.of(8, 10)) {
      slab.allocate();
      for (long handle : new long[] {0, -1, 1, Long.MAX_VALUE, 2L << 32}) {
        assertThatIllegalStateException().isThrownBy(() -> slab.getInt(handle, 0));
      }
    }
  }

  @Test
  void noAccessReachesTheNeighbour() {
    try (Slab slab = Slab.of(16, 10)) {
      long handle = slab.allocate();
      slab.putInt(handle, 12, 3);
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slab.putLong(handle, 9, 1));
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slab.putInt(handle, -1, 1));
    }
  }

  @Test
  void aFullSlabAndAClosedOneThrow() {
    Slab slab = Slab.of(8, 2);
    long handle = slab.allocate();
    slab.allocate();
    assertThatIllegalStateException().isThrownBy(slab::allocate).withMessageContaining("full");
    slab.close();
    slab.close();
    assertThatIllegalStateException().isThrownBy(slab::allocate);
    assertThatIllegalStateException().isThrownBy(() -> slab.getLong(handle, 0));
  }

  @Test
  void whatIsLeftAtTheEndIsTold() {
    try (Slab slab = Slab.of(8, 100)) {
      slab.free(slab.allocate());
      slab.allocate();
      assertThat(slab.live()).isEqualTo(1);
    }
  }

  @Test
  void workingOnRecordsCostsNoHeap() {
    try (Slab slab = Slab.of(24, 100)) {
      assertThat(AllocatedBytes.perCall(() -> {
        long handle = slab.allocate();
        slab.putLong(handle, 8, 5);
        slab.free(handle);
      })).isZero();
    }
  }
}
