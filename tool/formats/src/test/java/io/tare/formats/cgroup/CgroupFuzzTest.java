package io.tare.formats.cgroup;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes the readers of control groups. Without {@code JAZZER_FUZZ=1} it runs the seeds only. FuzzTest must come last.
 */
class CgroupFuzzTest {
  static Stream<byte[]> membershipSeeds() {
    return Fixtures.contents("cgroup").stream();
  }

  static Stream<byte[]> statSeeds() {
    return Fixtures.contents("memory.stat").stream();
  }

  @MethodSource("membershipSeeds")
  @FuzzTest
  void membership(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> CgroupText.parseMembership("membership", text, limits)), content);
  }

  @MethodSource("statSeeds")
  @FuzzTest
  void level(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> CgroupText.parseLevel("cgroup/0", "/", Map.of("memory.current", text,
        "memory.stat", text, "memory.usage_in_bytes", text, "memory.oom_control", text), limits)), content);
  }
}
