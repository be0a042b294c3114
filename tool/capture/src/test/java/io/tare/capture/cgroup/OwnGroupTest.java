package io.tare.capture.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.proc.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnGroupTest {
  @TempDir
  private Path folder;

  @Test
  void theLimitIsTheTightestOfTheGroupAndItsParents() throws IOException {
    write("proc/self/mountinfo", "30 23 0:26 / /groups rw - cgroup2 cgroup2 rw\n");
    write("proc/1/cgroup", "0::/pod/inner\n");
    write("groups/pod/memory.max", "1000000\n");
    write("groups/pod/inner/memory.max", "3000000\n");
    assertThat(of(1))
        .contains(new OwnGroup(2, folder.resolve("groups/pod/inner"), OptionalLong.of(1_000_000)));
    write("groups/pod/memory.max", "max\n");
    assertThat(of(1)).contains(new OwnGroup(2, folder.resolve("groups/pod/inner"), OptionalLong.of(3_000_000)));
    write("groups/pod/inner/memory.max", "max\n");
    assertThat(of(1)).contains(new OwnGroup(2, folder.resolve("groups/pod/inner"), OptionalLong.empty()));
  }

  @Test
  void aGroupOfVersion1IsFoundBesideAnEmptyHierarchyOfVersion2() throws IOException {
    write("proc/self/mountinfo", """
        30 23 0:26 / /groups/two rw - cgroup2 cgroup2 rw
        31 23 0:27 / /groups/one rw - cgroup cgroup rw,memory
        """);
    write("proc/1/cgroup", "4:cpu:/\n5:memory:/pod\n0::/\n");
    write("groups/one/pod/memory.limit_in_bytes", "2000000\n");
    write("groups/one/memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(of(1)).contains(new OwnGroup(1, folder.resolve("groups/one/pod"), OptionalLong.of(2_000_000)));
  }

  @Test
  void aGroupThatCannotBeSeenFromHereIsNone() throws IOException {
    write("proc/self/mountinfo", "30 23 0:26 / /groups rw - cgroup2 cgroup2 rw\n");
    write("proc/1/cgroup", "0::/elsewhere\n");
    assertThat(of(1)).isEmpty();
    assertThat(of(2)).as("no such process").isEmpty();
  }

  private Optional<OwnGroup> of(long pid) {
    return OwnGroup.of(new ProcessFolder(folder.resolve("proc"), pid), folder);
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
