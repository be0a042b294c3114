package io.tare.capture.memory.go;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.programs.WrittenMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime's counters in a memory that is written word by word: found wherever they lie, and believed only when they add up. */
class GoCountersTest {
  private static final long MB = 1 << 20;
  private static final AddressRange VARIABLES = AddressRange.ofSize(0x50_0000, 1 << 18);
  private static final long CONTROLLER = 0x53_0400;
  private static final long STATS = 0x52_0008;
  private static final long HEAPS = 0x50_8000;
  private static final long ARENAS = 64 * MB;

  /** Heap 40 MB in use, 5 free, 3 given back; stacks 2, work lists 1; tables 1 to 6 KB; two collections. */
  private static WrittenMemory counters(int delta) {
    WrittenMemory memory = new WrittenMemory().fill(VARIABLES);
    // The three parts of each counter may be negative: only their sum counts.
    memory.put(STATS + 16, 50 * MB).put(STATS + delta + 16, -13 * MB).put(STATS + 2 * delta + 16, 3 * MB)
        .put(STATS + 8, 3 * MB).put(STATS + 24, 5 * MB).put(STATS + 2 * delta + 24, -3 * MB)
        .put(STATS + delta + 32, MB);
    long sys = STATS + 3L * delta + 16;
    for (int i = 0; i < 6; i++) {
      memory.put(sys + i * 8L, (i + 1) * 1024L);
    }
    memory.put(sys + 56, 1234).putInt(sys + 4160, 2);
    memory.put(CONTROLLER, 40 * MB).put(CONTROLLER + 8, 3 * MB).put(CONTROLLER + 16, 5 * MB)
        .put(CONTROLLER + 24, 900 * MB).put(CONTROLLER + 32, 870 * MB).put(CONTROLLER + 40, 48 * MB + 21 * 1024);
    return memory.put(CONTROLLER - 120, 30 * MB).put(CONTROLLER - 200, 75 * MB);
  }

  private static WrittenMemory setting(WrittenMemory memory, int before, int percent, long limit) {
    return memory.putInt(CONTROLLER - before, percent).put(CONTROLLER - before + 8, limit)
        .put(CONTROLLER - before + 16, Long.divideUnsigned((4 * MB) * percent, 100));
  }

  private static Optional<GoCounters> find(WrittenMemory memory) {
    MappingBytes bytes = new MappingBytes(VARIABLES.bytes(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Smaps smaps = new Smaps(List.of(new Mapping(VARIABLES, "rw-p", 0, "fe:00", 7, "/program", bytes, "")));
    return GoCounters.find(GoVariables.read(memory, smaps), ARENAS);
  }

  /** 1,176 bytes up to Go 1.25, 1,168 since; and whatever a later one makes of it. */
  @ParameterizedTest
  @ValueSource(ints = {1168, 1176, 1184, 1200})
  void countersThatAddUpAreFoundWhateverTheLayout(int delta) {
    GoCounters counters = find(counters(delta)).orElseThrow();
    assertThat(counters.heap()).isEqualTo(new GoCounters.Heap(40 * MB, 5 * MB, 3 * MB, 2 * MB, MB));
    assertThat(counters.sys()).isEqualTo(new GoCounters.Sys(1024, 2048, 3072, 4096, 5120 + MB, 6144));
    assertThat(counters.marked()).isEqualTo(30 * MB);
    assertThat(counters.nextCollection()).hasValue(75 * MB);
    assertThat(counters.collections()).isEqualTo(2);
    assertThat(counters.pauseNanos()).isEqualTo(1234);
  }

  /** A collection that began at 55 MB, was done at 61 and marked 30, as the runtime keeps it for its trace; none marks now. */
  private static WrittenMemory collected() {
    return counters(1176).put(HEAPS, 55 * MB).put(HEAPS + 8, 61 * MB).put(HEAPS + 16, 30 * MB).put(CONTROLLER - 184,
        -1);
  }

  @Test
  void whatWasTakenWhileTheLastCollectionMarkedIsTold() {
    assertThat(find(collected()).orElseThrow().whileMarking()).hasValue(6 * MB);
    assertThat(find(collected().put(HEAPS, 61 * MB)).orElseThrow().whileMarking()).as("nothing").hasValue(0);
  }

  @Test
  void whatWasTakenWhileMarkingIsNotKnownWhereTheWordsDoNotFit() {
    assertThat(find(counters(1176).put(CONTROLLER - 184, -1)).orElseThrow().whileMarking()).as("nowhere").isEmpty();
    assertThat(find(collected().put(CONTROLLER - 184, 70 * MB)).orElseThrow().whileMarking())
        .as("the next collection marks, and its beginning stands there").isEmpty();
    assertThat(find(collected().put(HEAPS, 62 * MB)).orElseThrow().whileMarking()).as("it ended before it began")
        .isEmpty();
    assertThat(find(collected().put(HEAPS, 0)).orElseThrow().whileMarking()).as("it never began").isEmpty();
    assertThat(find(collected().put(HEAPS + 8, 29 * MB).put(HEAPS, 5 * MB)).orElseThrow().whileMarking())
        .as("more was marked than there was").isEmpty();
    assertThat(find(collected().put(HEAPS + 16, 31 * MB)).orElseThrow().whileMarking()).as("another collection's")
        .isEmpty();
    assertThat(
        find(collected().put(CONTROLLER - 136, 40 * MB).put(CONTROLLER - 128, 41 * MB)).orElseThrow().whileMarking())
        .as("the words before the marked bytes themselves are sizes of stacks and variables").hasValue(6 * MB);
    assertThat(find(collected().put(0x51_0000, 50 * MB).put(0x51_0008, 61 * MB).put(0x51_0010, 30 * MB)).orElseThrow()
        .whileMarking()).as("two places fit, and differ").isEmpty();
  }

  @Test
  void countersThatAreAByteOffAreNotBelieved() {
    assertThat(find(counters(1168).put(CONTROLLER + 40, 48 * MB + 21 * 1024 + 1))).isEmpty();
    assertThat(find(counters(1168).put(STATS + 3 * 1168 + 16 + 40, 6143))).isEmpty();
  }

  @Test
  void aHeapLargerThanItsArenasIsNoHeap() {
    WrittenMemory memory = counters(1168).put(STATS + 16, 90 * MB).put(CONTROLLER, 80 * MB)
        .put(CONTROLLER + 40, 88 * MB + 21 * 1024);
    assertThat(find(memory)).isEmpty();
  }

  /** Go 1.19 and 1.20 keep them 304 bytes before the heap's counters, later ones 272. */
  @ParameterizedTest
  @ValueSource(ints = {272, 304})
  void theProgramsOwnSettingsAreReadWhereTheyFitTogether(int before) {
    GoCounters counters = find(setting(counters(1176), before, 150, 300 * MB)).orElseThrow();
    assertThat(counters.percent()).hasValue(150);
    assertThat(counters.memoryLimit()).hasValue(300 * MB);
    GoCounters off = find(setting(counters(1176), before, -1, Long.MAX_VALUE).put(CONTROLLER - 200, -1)).orElseThrow();
    assertThat(off.percent()).hasValue(-1);
    assertThat(off.memoryLimit()).as("none is set").isEmpty();
    assertThat(off.nextCollection()).as("it is switched off").isEmpty();
  }

  @Test
  void settingsThatDoNotFitTogetherAreNotTold() {
    WrittenMemory memory = setting(counters(1176), 272, 150, 300 * MB).put(CONTROLLER - 272 + 16, 5 * MB);
    assertThat(find(memory).orElseThrow().percent()).isEmpty();
    assertThat(find(memory).orElseThrow().memoryLimit()).isEmpty();
  }
}
