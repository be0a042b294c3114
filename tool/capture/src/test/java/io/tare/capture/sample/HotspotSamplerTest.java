package io.tare.capture.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.proc.Hsperfdata;
import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.jvm.PerfDataOffsets;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.SampleColumn.Collector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counters of this JVM, changed as a collection changes them. */
class HotspotSamplerTest {
  private static final String COLLECTOR = "sun.gc.collector.0.";

  @TempDir
  private Path folder;
  private ByteBuffer counters = ByteBuffer.allocate(0);
  private PerfDataOffsets offsets = PerfDataOffsets.of(new byte[0], 0);

  @BeforeEach
  void copyOwnCounters() throws Exception {
    // Before the first collection nothing is in use besides eden.
    System.gc();
    copyCounters(ProcessHandle.current().pid());
  }

  private void copyCounters(long pid) throws Exception {
    byte[] copy = Hsperfdata.read(new ProcessFolder(ProcessFolder.LIVE_ROOT, pid)).bytes();
    offsets = PerfDataOffsets.of(copy, copy.length);
    counters = ByteBuffer.wrap(copy).order(offsets.order());
    for (int i = 0; i < 4; i++) {
      set("sun.gc.collector." + i + ".lastEntryTime", 100);
      set("sun.gc.collector." + i + ".lastExitTime", 110);
    }
  }

  @Test
  void theFloorIsReadAfterACollectionHasEndedNotWhileItRuns() throws Exception {
    try (HotspotSampler sampler = sampler()) {
      assertThat(floor(sampler)).as("at first").isEqualTo(Sample.UNKNOWN);
      begin(200);
      assertThat(floor(sampler)).as("while it runs").isEqualTo(Sample.UNKNOWN);
      set(COLLECTOR + "lastExitTime", 210);
      assertThat(floor(sampler)).as("after it").isPositive();
      assertThat(floor(sampler)).as("nothing new").isEqualTo(Sample.UNKNOWN);
    }
  }

  @Test
  void aCollectionThatSeemsNeverToEndIsNotWaitedFor() throws Exception {
    try (HotspotSampler sampler = sampler()) {
      floor(sampler);
      begin(200);
      assertThat(floor(sampler)).isEqualTo(Sample.UNKNOWN);
      assertThat(floor(sampler)).isPositive();
    }
  }

  /** This JVM's own collector, whichever: what it says of itself by its beans is the truth. */
  @Test
  void whichCollectorItIsComesWithTheFirstReadingAndWithEachFloor() throws Exception {
    String bean = ManagementFactory.getGarbageCollectorMXBeans().getFirst().getName();
    Collector truth = bean.startsWith("G1")
        ? Collector.G1
        : bean.startsWith("PS")
            ? Collector.PARALLEL
            : bean.startsWith("ZGC")
                ? Collector.ZGC
                : bean.startsWith("Shen") ? Collector.SHENANDOAH : Collector.SERIAL;
    try (HotspotSampler sampler = sampler()) {
      assertThat(read(sampler)[SampleColumn.GC_KIND.index()]).isEqualTo(truth.code());
      assertThat(read(sampler)[SampleColumn.GC_KIND.index()]).as("nothing new").isEqualTo(Sample.UNKNOWN);
      begin(200);
      set(COLLECTOR + "lastExitTime", 210);
      long[] after = read(sampler);
      assertThat(after[SampleColumn.GC_KIND.index()]).isEqualTo(truth.code());
      assertThat(after[SampleColumn.GC_WASTE_PERCENT.index()]).isPositive();
    }
  }

  /** What the young one holds is mostly what came while it collected: 30 MB of it right after a collection are no heap that stays. */
  @Test
  @Tag("slow")
  void ofAZgcWithGenerationsTheFloorIsWhatTheOldOneHolds() throws Exception {
    Process zgc = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseZGC",
        "-Xmx64m", "-cp",
        Path.of(UntilInputEnds.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString(),
        UntilInputEnds.class.getName()).redirectErrorStream(true)
        .start();
    try {
      int ready = zgc.getInputStream().read();
      assumeTrue(ready == UntilInputEnds.READY,
          "this JDK has no ZGC: that its floor is the old generation is not checked");
      copyCounters(zgc.pid());
    } finally {
      zgc.getOutputStream().close();
      zgc.waitFor();
    }
    set("sun.gc.generation.0.space.0.used", 30 << 20);
    set("sun.gc.generation.1.space.0.used", 20 << 20);
    try (HotspotSampler sampler = sampler()) {
      assertThat(read(sampler)[SampleColumn.GC_KIND.index()]).isEqualTo(Collector.ZGC.code());
      begin(200);
      set(COLLECTOR + "lastExitTime", 210);
      long[] after = read(sampler);
      assertThat(after[SampleColumn.HEAP_FLOOR.index()]).isEqualTo(20 << 20);
      assertThat(after[SampleColumn.HEAP_USED.index()]).isEqualTo(50 << 20);
    }
  }

  /** A program that waits. */
  static final class UntilInputEnds {
    static final int READY = '!';

    private UntilInputEnds() {}

    public static void main(String[] arguments) throws IOException {
      System.out.write(READY);
      System.out.flush();
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }

  private void begin(long moment) {
    set(COLLECTOR + "invocations", counters.getLong(place(COLLECTOR + "invocations")) + 1);
    set(COLLECTOR + "lastEntryTime", moment);
  }

  private long floor(HotspotSampler sampler) throws Exception {
    return read(sampler)[SampleColumn.HEAP_FLOOR.index()];
  }

  private long[] read(HotspotSampler sampler) throws Exception {
    Files.write(file(), counters.array());
    long[] values = new long[SampleColumn.values().length];
    Arrays.fill(values, Sample.UNKNOWN);
    sampler.sample(values);
    return values;
  }

  private HotspotSampler sampler() throws Exception {
    Files.write(file(), counters.array());
    return new HotspotSampler(HeldFile.open(file()).orElseThrow());
  }

  private Path file() {
    return folder.resolve("counters");
  }

  private void set(String name, long value) {
    if (offsets.offsets().containsKey(name)) {
      counters.putLong(place(name), value);
    }
  }

  private int place(String name) {
    Integer at = offsets.offsets().get(name);
    assertThat(at).as(name).isNotNull();
    return at == null ? 0 : at;
  }
}
