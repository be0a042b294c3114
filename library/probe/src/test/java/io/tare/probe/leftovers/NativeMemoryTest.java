package io.tare.probe.leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  @Test
  void theTrackedCategoriesThatNobodyElseCountsAreRead() {
    assertThat(NativeMemory.parse("""
        Total: reserved=1462352310, committed=88416694
               malloc: 20513206 #74013, peak=20517302 #73993

        -                 Java Heap (reserved=264241152, committed=16777216)
                                    (mmap: reserved=264241152, committed=16777216)
        -                  Internal (reserved=201538, committed=201538)
                                    (malloc=168770 #2210)
        -                     Other (reserved=65536, committed=65540)
                                    (malloc=65540 #1)
        """)).isEqualTo(Map.of("native memory (NMT: Internal)", 201538L, "native memory (NMT: Other)", 65540L));
  }

  @Tag("slow")
  @Test
  void sixtyFourKilobytesOfNativeMemoryARunAreFoundAndLessIsSaid() throws Exception {
    assumeTrue(!NativeMemory.now().isEmpty(),
        "not checked that native leaks are found: this system doesn't tell native memory");
    // By reflection: naming the class costs a compiler's warning that nothing suppresses.
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    Object unsafe = field.get(null);
    Method allocate = type.getMethod("allocateMemory", long.class);
    Method free = type.getMethod("freeMemory", long.class);
    LeakReport leak = LeakProtocol.rounds(10, () -> allocate.invoke(unsafe, 65_536L));
    assertThat(leak.verdict()).as(leak.inWords()).isEqualTo(LeakReport.Verdict.LEAK);
    assertThat(leak.leaks()).singleElement().satisfies(growth -> {
      assertThat(growth.what()).isEqualTo("native memory");
      assertThat(growth.bytesPerRun().slope()).isBetween(65_000.0, 70_000.0);
    });
    LeakReport clean = LeakProtocol.rounds(10, () -> free.invoke(unsafe, allocate.invoke(unsafe, 65_536L)));
    assertThat(clean.verdict()).as(clean.inWords()).isEqualTo(LeakReport.Verdict.CLEAN);
    assertThat(clean.inWords()).contains(" KB of native memory per run")
        .contains(LeakOptions.MOST_RUNS_PER_ROUND + " runs");
  }
}
