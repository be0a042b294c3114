package io.tare.formats.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.cgroup.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgroupTextTest {
  private static Optional<MemoryGroup> membership(String text) throws NotThisFormat {
    return CgroupText.parseMembership("cgroup/membership", text, ParseLimits.DEFAULT).value();
  }

  private static Parsed<Level> level(String scenario, String... names) throws NotThisFormat {
    Map<String, String> files = new HashMap<>();
    for (String name : names) {
      files.put(name, Fixtures.text(scenario + "/" + name));
    }
    return CgroupText.parseLevel("cgroup/0", "/docker/3f2a", files, ParseLimits.DEFAULT);
  }

  private static Parsed<Level> wholeLevel(String scenario) throws NotThisFormat {
    return level(scenario, Path.of(Fixtures.ROOT.toString(), scenario).toFile().list((folder, name) -> name.startsWith(
        "memory.")));
  }

  @Test
  void memoryBelongsToVersionOneWhereItNamesTheController() throws NotThisFormat {
    assertThat(membership(Fixtures.text("temurin-25.0.3-g1/cgroup"))).hasValue(new MemoryGroup(1, "/docker/3f2a"));
    assertThat(membership("3:cpu,cpuacct:/a\n2:memory,hugetlb:/b:c\n0::/d\n")).hasValue(new MemoryGroup(1, "/b:c"));
  }

  @Test
  void memoryBelongsToVersionTwoOtherwise() throws NotThisFormat {
    assertThat(membership("0::/system.slice/app.service\n")).hasValue(new MemoryGroup(2, "/system.slice/app.service"));
    assertThat(membership("1:name=systemd:/x\n0::/y\n")).hasValue(new MemoryGroup(2, "/y"));
  }

  @Test
  void noHierarchyMayCarryMemory() throws NotThisFormat {
    assertThat(membership("1:name=systemd:/x\n")).isEmpty();
    assertThat(membership("")).isEmpty();
  }

  @Test
  void otherTextIsNotAMembership() {
    assertThatThrownBy(() -> membership("Name:\tjava\n")).isInstanceOf(NotThisFormat.class);
  }

  @Test
  void aGroupOfVersionOneIsRead() throws NotThisFormat {
    Parsed<Level> parsed = wholeLevel("linux-6.18-cgroup-v1");
    assertThat(parsed.problems()).isEmpty();
    Level level = parsed.value();
    assertThat(level.usageBytes()).hasValue(60_882_944);
    assertThat(level.limitBytes()).hasValue(268_435_456);
    assertThat(level.peakBytes()).isPresent();
    assertThat(level.kernelBytes()).isPresent();
    assertThat(level.oomKills()).hasValue(0);
    assertThat(level.stat("total_rss")).isPresent();
    assertThat(level.stat("memory.soft_limit_in_bytes")).as("no limit").isEmpty();
  }

  @Test
  void versionOneWithoutLimitHasNone() throws NotThisFormat {
    Map<String, String> files = Map.of("memory.usage_in_bytes", "4096\n", "memory.limit_in_bytes",
        "9223372036854771712\n");
    Level level = CgroupText.parseLevel("cgroup/0", "/", files, ParseLimits.DEFAULT).value();
    assertThat(level.limitBytes()).isEmpty();
    assertThat(level.usageBytes()).hasValue(4096);
    assertThat(level.oomKills()).isEmpty();
  }

  @Test
  void aGroupOfVersionTwoIsRead() throws NotThisFormat {
    Parsed<Level> parsed = wholeLevel("linux-doc-cgroup-v2");
    assertThat(parsed.problems()).isEmpty();
    Level level = parsed.value();
    assertThat(level.usageBytes()).hasValue(3_221_225_472L);
    assertThat(level.limitBytes()).hasValue(4_294_967_296L);
    assertThat(level.highBytes()).isEmpty();
    assertThat(level.peakBytes()).hasValue(4_026_531_840L);
    assertThat(level.kernelBytes()).hasValue(68_157_440);
    assertThat(level.swapBytes()).hasValue(0);
    assertThat(level.oomKills()).hasValue(2);
    assertThat(level.stat("inactive_file")).hasValue(734_003_200);
  }

  @Test
  void beforeKernelWasCountedItsPartsAreSummed() throws NotThisFormat {
    Map<String, String> files = Map.of("memory.current", "9000000\n", "memory.stat",
        "anon 100\nkernel_stack 4096\npagetables 8192\npercpu 1\nslab 20480\n");
    Level level = CgroupText.parseLevel("cgroup/0", "/", files, ParseLimits.DEFAULT).value();
    assertThat(level.kernelBytes()).hasValue(4096 + 8192 + 1 + 20480);
  }

  @Test
  void theRootOfVersionTwoHasATableOnly() throws NotThisFormat {
    Level level = CgroupText.parseLevel("cgroup/1", "/", Map.of("memory.stat", "anon 7\n"), ParseLimits.DEFAULT)
        .value();
    assertThat(level.usageBytes()).isEmpty();
    assertThat(level.stat("anon")).hasValue(7);
  }

  @Test
  void aFolderWithoutMemoryFilesIsNoGroup() {
    assertThatThrownBy(() -> level("linux-doc-cgroup-v2")).isInstanceOf(NotThisFormat.class);
  }

  @Test
  void malformedFilesAreProblemsThatNameTheFile() throws NotThisFormat {
    Map<String, String> files = Map.of("memory.current", "many\n", "memory.stat", "anon\nfile 12");
    Parsed<Level> parsed = CgroupText.parseLevel("cgroup/0", "/", files, ParseLimits.DEFAULT);
    assertThat(parsed.value().stat()).isEmpty();
    assertThat(parsed.problems()).extracting("where")
        .containsExactlyInAnyOrder("memory.current", "memory.stat line 1", "memory.stat line 2");
  }

  @Test
  void damagedInputIsSurvived() {
    Hostile.damage(Hostile.ofText((text, limits) -> CgroupText.parseMembership("membership", text, limits)),
        Fixtures.contents("cgroup"));
    Hostile.damage(Hostile.ofText((text, limits) -> CgroupText.parseLevel("cgroup/0", "/",
        Map.of("memory.current", text, "memory.stat", text, "memory.events", text), limits)), Fixtures.contents(
            "memory.stat"));
  }
}
