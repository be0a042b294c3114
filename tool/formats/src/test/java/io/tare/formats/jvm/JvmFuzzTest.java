package io.tare.formats.jvm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes the readers of what HotSpot writes. Without {@code JAZZER_FUZZ=1} it runs the seeds only. FuzzTest must come
 * last.
 */
class JvmFuzzTest {
  static Stream<byte[]> perfDataSeeds() {
    return Fixtures.contents("hsperfdata").stream();
  }

  static Stream<byte[]> vmInfoSeeds() {
    return Stream.concat(Fixtures.contents("VM.info").stream(), Fixtures.contents("hs_err").stream());
  }

  static Stream<byte[]> nmtSeeds() {
    return Stream.of("VM.native_memory.summary", "VM.native_memory.summary.diff", "VM.native_memory.detail")
        .flatMap(name -> Fixtures.contents(name).stream());
  }

  static Stream<byte[]> heapInfoSeeds() {
    return Fixtures.contents("GC.heap_info").stream();
  }

  static Stream<byte[]> codeCacheSeeds() {
    return Fixtures.contents("Compiler.codecache").stream();
  }

  static Stream<byte[]> metaspaceSeeds() {
    return Stream.of("VM.metaspace", "VM.metaspace.vslist").flatMap(name -> Fixtures.contents(name).stream());
  }

  static Stream<byte[]> systemMapSeeds() {
    return Fixtures.contents("System.map").stream();
  }

  static Stream<byte[]> histogramSeeds() {
    return Fixtures.contents("GC.class_histogram").stream();
  }

  static Stream<byte[]> flagsSeeds() {
    return Fixtures.contents("VM.flags").stream();
  }

  @MethodSource("perfDataSeeds")
  @FuzzTest
  void perfData(byte[] content) {
    Hostile.parse((bytes, limits) -> PerfDataBytes.parse("hsperfdata", bytes, limits), content);
  }

  @MethodSource("vmInfoSeeds")
  @FuzzTest
  void vmInfo(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> VmInfoText.parse("VM.info", text, limits)), content);
  }

  @MethodSource("nmtSeeds")
  @FuzzTest
  void nmt(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> NmtText.parse("nmt", text, limits)), content);
    Hostile.parse(Hostile.ofText((text, limits) -> NmtText.parseChange("nmt", text, limits)), content);
    Hostile.parse(Hostile.ofText((text, limits) -> NmtText.parseMap("nmt", text, limits)), content);
  }

  @MethodSource("heapInfoSeeds")
  @FuzzTest
  void heapInfo(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> HeapInfoText.parse("GC.heap_info", text, limits)), content);
  }

  @MethodSource("codeCacheSeeds")
  @FuzzTest
  void codeCache(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> CodeCacheText.parse("codecache", text, limits)), content);
  }

  @MethodSource("metaspaceSeeds")
  @FuzzTest
  void metaspace(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> MetaspaceText.parse("metaspace", text, limits)), content);
  }

  @MethodSource("systemMapSeeds")
  @FuzzTest
  void systemMap(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> SystemMapText.parse("System.map", text, limits)), content);
  }

  @MethodSource("histogramSeeds")
  @FuzzTest
  void histogram(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> ClassHistogramText.parse("histogram", text, limits)), content);
  }

  @MethodSource("flagsSeeds")
  @FuzzTest
  void flags(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> VmFlagsText.parse("VM.flags", text, limits)), content);
  }
}
