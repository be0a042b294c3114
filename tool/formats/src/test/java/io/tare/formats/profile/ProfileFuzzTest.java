package io.tare.formats.profile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the readers of profiles. Without {@code JAZZER_FUZZ=1} it runs the seeds only. */
class ProfileFuzzTest {
  private static final Frame MAIN = new Frame("main.main", "/src/main.go", 300);
  private static final Frame LOAD = new Frame("main.load[...]", "", 0);
  private static final Profile PROFILE = new Profile(
      List.of(new ValueType("inuse_objects", "count"), new ValueType("inuse_space", "bytes")),
      List.of(new Sample(List.of(LOAD, MAIN), List.of(3L, Long.MAX_VALUE)),
          new Sample(List.of(MAIN), List.of(0L, Long.MIN_VALUE)), new Sample(List.of(), List.of(1L, 1L))));

  static Stream<byte[]> profiles() throws IOException {
    byte[] packed = PprofWriter.write(PROFILE);
    return Stream.of(packed, new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), new byte[0]);
  }

  static Stream<byte[]> stacks() {
    return Stream.of("main.main;main.load 1099511627776\nmain.main -7\n\nnonsense\n", ";;; 3\n x 4\n",
        "a 999999999999999999\na 9999999999999999999\n", "a;".repeat(10_000) + "b 1\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("profiles")
  @FuzzTest
  void pprof(byte[] content) {
    Hostile.parse((bytes, limits) -> PprofBytes.parse("x.pb.gz", bytes, limits), content);
  }

  @MethodSource("stacks")
  @FuzzTest
  void collapsedStacks(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> CollapsedText.parse("x.collapsed", text, limits)), content);
  }

  static Stream<byte[]> foreign() throws IOException {
    return Stream.of(ForeignProfilesTest.file("valgrind-3.19.0-massif/massif.out"),
        ForeignProfilesTest.file("heaptrack-1.4.0/heaptrack.txt"),
        ForeignProfilesTest.file("node-20.20.2-heapprofile/orders.heapprofile"),
        ForeignProfilesTest.file("cpython-3.12.1-tracemalloc/orders.json"));
  }

  @MethodSource("foreign")
  @FuzzTest
  void profilesOfOthers(byte[] content) {
    Hostile.parse((bytes, limits) -> ProfileFile.parse("x", bytes, limits), content);
  }

  @Test
  void damagedProfilesOfOthersAreReadOrRefused() throws IOException {
    Hostile.damage((bytes, limits) -> ProfileFile.parse("x", bytes, limits), foreign().toList());
  }

  @Test
  void damagedProfilesAreReadOrRefused() throws IOException {
    Hostile.damage((bytes, limits) -> PprofBytes.parse("x.pb.gz", bytes, limits), profiles().toList());
    Hostile.damage(Hostile.ofText((text, limits) -> CollapsedText.parse("x.collapsed", text, limits)),
        stacks().toList());
  }
}
