package io.tare.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BumpArenaTest {
  @Test
  void allocationsDoNotOverlapAndKeepWhatWasWritten() {
    Random random = Seed.random("allocationsDoNotOverlapAndKeepWhatWasWritten");
    try (BumpArena arena = BumpArena.upTo(32 << 20)) {
      for (int round = 0; round < 3; round++) {
        List<byte[]> written = new ArrayList<>();
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
          byte[] bytes = new byte[random.nextInt(i % 50 == 0 ? 100_000 : 200)];
          random.nextBytes(bytes);
          long address = arena.allocate(bytes.length);
          assertThat(address & 7).isZero();
          arena.putBytes(address, bytes);
          written.add(bytes);
          addresses.add(address);
        }
        for (int i = 0; i < written.size(); i++) {
          byte[] read = new byte[written.get(i).length];
          arena.getBytes(addresses.get(i), read);
          assertThat(read).isEqualTo(written.get(i));
        }
        arena.reset();
      }
    }
  }

  @Test
  void everyWidthReadsBack() {
    try (BumpArena arena = BumpArena.upTo(1 << 20)) {
      long at = arena.allocate(16);
      arena.putLong(at, Long.MIN_VALUE + 5);
      arena.putInt(at + 8, -9);
      arena.putByte(at + 12, (byte) -3);
      assertThat(arena.getLong(at)).isEqualTo(Long.MIN_VALUE + 5);
      assertThat(arena.getInt(at + 8)).isEqualTo(-9);
      assertThat(arena.getByte(at + 12)).isEqualTo((byte) -3);
      assertThat(arena.view(at, 8).getLong()).isEqualTo(Long.MIN_VALUE + 5);
    }
  }

  @Test
  void anAddressFromBeforeAResetThrows() {
    try (BumpArena arena = BumpArena.upTo(1 << 20)) {
      long stale = arena.allocate(8);
      arena.reset();
      long fresh = arena.allocate(8);
      assertThat(fresh).isNotEqualTo(stale);
      assertThatIllegalStateException().isThrownBy(() -> arena.getLong(stale)).withMessage("used after reset");
      assertThatIllegalStateException().isThrownBy(() -> arena.putLong(stale, 1));
    }
  }

  @Test
  void aResetKeepsTheMemoryForTheNextRound() {
    try (BumpArena arena = BumpArena.upTo(4 << 20)) {
      for (int round = 0; round < 100_000; round++) {
        arena.allocate(100_000);
        arena.reset();
      }
      assertThat(arena.heldBytes()).isEqualTo(1 << 20);
      assertThat(arena.usedBytes()).isZero();
    }
  }

  @Test
  void aClosedArenaThrows() {
    BumpArena arena = BumpArena.upTo(1 << 20);
    long address = arena.allocate(8);
    ByteBuffer view = arena.view(address, 8);
    arena.close();
    arena.close();
    assertThatIllegalStateException().isThrownBy(() -> arena.getLong(address)).withMessage("used after close");
    assertThatIllegalStateException().isThrownBy(() -> arena.allocate(8)).withMessage("used after close");
    assertThatIllegalStateException().isThrownBy(arena::reset);
    if (OffHeap.closesAtOnce()) {
      assertThatIllegalStateException().isThrownBy(() -> view.getLong(0));
    } else {
      assertThat(view.getLong(0)).isZero();
    }
  }

  @Test
  void theLimitHolds() {
    try (BumpArena arena = BumpArena.upTo(2 << 20)) {
      arena.allocate(BumpArena.LARGEST_BYTES);
      arena.allocate(BumpArena.LARGEST_BYTES);
      assertThatIllegalStateException().isThrownBy(() -> arena.allocate(1)).withMessageContaining("full");
      assertThat(arena.heldBytes()).isEqualTo(2 << 20);
      assertThatIllegalArgumentException().isThrownBy(() -> arena.allocate(BumpArena.LARGEST_BYTES + 1));
    }
  }

  @Test
  void allocatingCostsNoHeap() {
    try (BumpArena arena = BumpArena.upTo(2 << 20)) {
      assertThat(AllocatedBytes.perCall(() -> {
        arena.putLong(arena.allocate(64), 1);
        if (arena.usedBytes() > 1 << 19) {
          arena.reset();
        }
      })).isZero();
    }
  }
}
