package io.tare.capture.memory.databases;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.FakeMemory;
import io.tare.capture.memory.Mappings;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.alloc.RuntimeFacts;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A buffer pool written word by word, and what is told of it when a word does not fit. */
@Timeout(60)
class InnodbPoolTest {
  private static final long PIECE = 8 << 20;
  private static final long POOL = 0x7f0000000000L;
  private static final int DESCRIPTION = 160;
  private static final long FIRST_PAGE = POOL + 0x14000;
  private static final int PAGE = 16 << 10;
  /** As many as fit behind their own descriptions. */
  private static final int PAGES = 507;
  private static final int FREE = 0;
  private static final int OWN = 1;
  private static final int FREED_IN_FILE = 3;
  private static final int IN_FILE = 1 << 29;

  private FakeMemory memory = mapped(new FakeMemory());

  private static FakeMemory mapped(FakeMemory empty) {
    return empty.map(Mappings.anonymous(POOL, PIECE)).zeros(POOL, 0x14000);
  }

  private void describe(int index, int state, int number) {
    long at = POOL + (long) index * DESCRIPTION;
    memory.u64(at, 7L << 32 | number).u64(at + 48, FIRST_PAGE + (long) index * PAGE).u32(at + 68, state);
  }

  /** Free pages, of which nobody touched any. */
  private void describeAll() {
    for (int i = 0; i < PAGES; i++) {
      describe(i, FREE, 0);
    }
  }

  private void inFile(int index, int number) {
    long page = FIRST_PAGE + (long) index * PAGE;
    describe(index, IN_FILE | 2, number);
    memory.zeros(page, PAGE).u32(page + 4, Integer.reverseBytes(number)).u32(page + 34, Integer.reverseBytes(7));
  }

  private Parsed<RuntimeFacts> read() {
    return InnodbPool.read(memory, memory.smaps());
  }

  @Test
  void whatAPageIsUsedForIsCountedAndOfFreeOnesWhatIsResident() {
    describeAll();
    inFile(3, 99);
    inFile(4, 100);
    describe(5, FREED_IN_FILE, 5);
    describe(6, OWN, 0);
    memory.zeros(FIRST_PAGE + 200L * PAGE, 8192).u64(POOL + 3 * DESCRIPTION + 16, 12345);
    Parsed<RuntimeFacts> pool = read();
    assertThat(pool.problems()).isEmpty();
    assertThat(pool.value().facts()).containsEntry("pages", "507").containsEntry("pages.data", "3")
        .containsEntry("pages.own", "1").containsEntry("pages.free", "503").containsEntry("pages.dirty", "1")
        .containsEntry("page.bytes", "16384").containsEntry("pool.used", "" + 4 * PAGE)
        .containsEntry("pool.idle.resident", "8192").containsEntry("pool.heads.resident", "" + 0x14000)
        .containsEntry("pool.committed", "" + PIECE);
    assertThat(pool.value().ranges()).singleElement()
        .matches(range -> range.range().equals(AddressRange.ofSize(POOL, PIECE)));
  }

  @Test
  void ofThePoolsLastMegabytesThePagesThatAreDescribedCount() {
    for (int i = 0; i < 251; i++) {
      describe(i, FREE, 0);
    }
    inFile(0, 1);
    assertThat(read().value().facts()).containsEntry("pages", "251").containsEntry("pool.committed",
        "" + (0x14000 + 251 * PAGE));
  }

  @Test
  void descriptionsThatWouldNotFillTheirRoomAreNone() {
    describeAll();
    memory.u64(POOL + 48, FIRST_PAGE + PAGE).u64(POOL + DESCRIPTION + 48, FIRST_PAGE + 2L * PAGE);
    assertThat(read().value().ranges()).isEmpty();
    assertThat(read().problems()).singleElement().matches(problem -> problem.message().startsWith("no buffer pool"));
  }

  @Test
  void pagesThatSayTheyAreOthersLeaveItOpenWhatIsInUse() {
    describeAll();
    inFile(3, 99);
    memory.u32(FIRST_PAGE + 3L * PAGE + 4, Integer.reverseBytes(98));
    Parsed<RuntimeFacts> pool = read();
    assertThat(pool.value().facts()).containsOnlyKeys("pool.committed");
    assertThat(pool.value().ranges()).hasSize(1);
    assertThat(pool.problems()).singleElement().matches(problem -> problem.message().contains("laid out otherwise"));
  }

  @Test
  void aStateThatNoPageCanHaveLeavesItOpenWhatIsInUse() {
    describeAll();
    inFile(3, 99);
    describe(9, 77, 0);
    assertThat(read().value().facts()).containsOnlyKeys("pool.committed");
  }

  @Test
  void whereReadingHadToEndNothingIsSaidOfWhatIsInUse() {
    memory = mapped(new FakeMemory(200));
    describeAll();
    inFile(3, 99);
    assertThat(read().value().facts()).doesNotContainKey("pool.used");
  }

  @Test
  void wordsByChanceNeverEndItBadly() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    describeAll();
    inFile(3, 99);
    for (int round = 0; round < 200; round++) {
      long at = POOL + 8L * random.nextInt(0x14000 / 8);
      memory.u64(at, random.nextBoolean() ? random.nextLong() : FIRST_PAGE + random.nextInt(1 << 24));
      Parsed<RuntimeFacts> pool = read();
      pool.value().ranges()
          .forEach(range -> assertThat(AddressRange.ofSize(POOL, PIECE).contains(range.range().end() - 1)).isTrue());
      pool.value().facts().values().forEach(value -> assertThat(Long.parseLong(value)).isBetween(0L, PIECE));
    }
  }
}
