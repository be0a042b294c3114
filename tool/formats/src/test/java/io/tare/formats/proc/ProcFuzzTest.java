package io.tare.formats.proc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.AddressRange;
import io.tare.model.proc.ResidentPages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the readers of /proc. Without {@code JAZZER_FUZZ=1} it runs the seeds only. FuzzTest must come last. */
class ProcFuzzTest {
  static Stream<byte[]> smapsSeeds() {
    return Fixtures.contents("smaps").stream();
  }

  static Stream<byte[]> statusSeeds() {
    return Fixtures.contents("status").stream();
  }

  static Stream<byte[]> statSeeds() {
    return Fixtures.contents("stat").stream();
  }

  static Stream<byte[]> factSeeds() {
    return Stream.of("thread tid=1 comm=x state=S\nfd n=1 target=x size=1 blocks=1 inode=1 device=0:1\n",
        "MemTotal:  24 kB\nMemFree:  22 kB\n").map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<byte[]> pageSeeds() {
    List<AddressRange> surveyed = List.of(new AddressRange(0, 0x8000), new AddressRange(0x10000, 0x20000));
    return Stream.of(PageRunsBytes.encode(ResidentPages.NONE), PageRunsBytes.encode(
        new ResidentPages(surveyed, new long[] {0x1000, 0x10000}, new long[] {0x3000, 0x11000})));
  }

  @MethodSource("smapsSeeds")
  @FuzzTest
  void smaps(byte[] content) {
    Hostile.parse((bytes, limits) -> SmapsText.parse("smaps", bytes, limits), content);
  }

  @MethodSource("statusSeeds")
  @FuzzTest
  void status(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> StatusText.parse("status", text, limits)), content);
  }

  @MethodSource("statSeeds")
  @FuzzTest
  void stat(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> StatText.parse("stat", text, limits)), content);
  }

  @MethodSource("factSeeds")
  @FuzzTest
  void tasks(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> TasksText.parse("tasks", text, limits)), content);
  }

  @MethodSource("factSeeds")
  @FuzzTest
  void descriptors(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> DescriptorsText.parse("fds", text, limits)), content);
  }

  @MethodSource("factSeeds")
  @FuzzTest
  void meminfo(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> MeminfoText.parse("meminfo", text, limits)), content);
  }

  @MethodSource("pageSeeds")
  @FuzzTest
  void pages(byte[] content) {
    Hostile.parse((bytes, limits) -> PageRunsBytes.parse("pages", bytes, limits), content);
  }
}
