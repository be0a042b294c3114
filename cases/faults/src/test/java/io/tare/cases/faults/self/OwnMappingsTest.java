package io.tare.cases.faults.self;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnMappingsTest {
  @Test
  void theMappingsAreThoseOfTheKernelsShortList() throws IOException {
    List<String> starts = Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .filter(line -> line.contains("/lib")).map(line -> line.substring(0, line.indexOf('-'))).toList();
    assertThat(OwnMappings.read().all().stream().map(mapping -> Long.toHexString(mapping.start())).toList())
        .containsAll(starts.stream().map(start -> start.replaceFirst("^0+", "")).toList());
  }

  @Test
  void theirSumIsAboutTheResidentSize() throws IOException {
    long rss = OwnMappings.read().rssBytes();
    long status = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10).sum();
    assertThat(rss).isCloseTo(status, org.assertj.core.data.Percentage.withPercentage(10));
  }

  @Test
  void aRunIsWhatTouchesAnAddressOnBothSides() {
    OwnMappings mappings = new OwnMappings(List.of(mapping(0, 10), mapping(20, 30), mapping(30, 40), mapping(50, 60)));
    assertThat(mappings.run(35)).extracting(OwnMapping::start).containsExactly(20L, 30L);
    assertThat(mappings.run(45)).isEmpty();
  }

  @Test
  void aWaitingThreadsStackPointerIsTheLastWordButOne() {
    assertThat(OwnThread.stackPointer("202 0x7f99 0x189 0x0 0x0 0x0 0xffffffff 0x7ffd9468b6d0 0x7f99be083f16\n"))
        .contains(0x7ffd9468b6d0L);
    assertThat(OwnThread.stackPointer("running\n")).isEmpty();
  }

  @Test
  void everyCollectorIsKnownByItsBean() {
    assertThat(
        List.of("G1 Young Generation", "Copy", "PS MarkSweep", "ZGC Minor Cycles", "Shenandoah Pauses", "Epsilon"))
        .extracting(Collector::ofBean).containsExactly(Collector.G1, Collector.SERIAL, Collector.PARALLEL,
            Collector.Z, Collector.SHENANDOAH, Collector.OTHER);
  }

  @Test
  void aChunkIsARequestWithItsHeaderRoundedUp() {
    assertThat(GlibcChunk.bytes(1)).isEqualTo(32);
    assertThat(GlibcChunk.bytes(24)).isEqualTo(32);
    assertThat(GlibcChunk.bytes(25)).isEqualTo(48);
    assertThat(GlibcChunk.bytes(1000)).isEqualTo(1008);
    assertThat(GlibcChunk.mappedBytes(1 << 20)).isEqualTo((1 << 20) + 4096);
  }

  private static OwnMapping mapping(long start, long end) {
    return new OwnMapping(start, end, "rw-p", "", new OwnMapping.Resident(0, 0, 0, 0));
  }
}
