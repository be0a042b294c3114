package io.tare.capture.memory.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.capture.memory.FakeMemory;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.formats.Parsed;
import io.tare.model.jvm.JvmLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Structures that are torn, bent or malicious: the reader returns, in time, with no more than its limits allow. */
class HostileTablesTest {
  private static final HotspotLimits SMALL = new HotspotLimits(500, 50, 50, 50, 50, 64);
  private static final int ROUNDS = 100;
  private static final long[] BAIT = {0, 1, -1, 8, 4096, 1L << 31, 1L << 47, Long.MAX_VALUE, Long.MIN_VALUE,
      FakeG1.HEAP,
      FakeG1.OBJECT, FakeG1.THREADS, FakeG1.REGIONS, FakeG1.BITMAP, 0x100000, 0x400000, 0x500000};

  private static void read(FakeJvm jvm) {
    Parsed<JvmLayout> parsed = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> jvm.read(SMALL));
    assertThat(parsed.value().threads()).hasSizeLessThanOrEqualTo(SMALL.threads() + 1);
    assertThat(parsed.value().heapParts()).hasSizeLessThanOrEqualTo(SMALL.heapParts());
  }

  @Test
  void damagedWordsNeverBreakTheReader() {
    long seed = Long.getLong("hostile.seed", 20_261_122);
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      FakeJvm jvm = FakeG1.in(new FakeMemory());
      List<byte[]> pages = jvm.memory().presentPages();
      for (int wound = 0; wound <= random.nextInt(20); wound++) {
        ByteBuffer page = ByteBuffer.wrap(pages.get(random.nextInt(pages.size())))
            .order(ByteOrder.nativeOrder());
        long word = random.nextInt(4) == 0 ? random.nextLong() : BAIT[random.nextInt(BAIT.length)];
        page.putLong(8 * random.nextInt(random.nextBoolean() ? 40 : 512), word);
      }
      read(jvm);
    }
  }

  static Stream<byte[]> seeds() {
    return Stream.of(new byte[0], new byte[64], "0123456789abcdef0123456789abcdef".getBytes());
  }

  /** Each ten bytes of the input damage a word: two say where, eight what it becomes. */
  @FuzzTest
  @MethodSource("seeds")
  void anyWordsAnywhere(byte[] content) {
    FakeJvm jvm = FakeG1.in(new FakeMemory());
    List<byte[]> pages = jvm.memory().presentPages();
    ByteBuffer wounds = ByteBuffer.wrap(content);
    while (wounds.remaining() >= 10) {
      int where = wounds.getShort() & 0xffff;
      ByteBuffer.wrap(pages.get(where / 512 % pages.size())).putLong(8 * (where % 512), wounds.getLong());
    }
    read(jvm);
  }
}
