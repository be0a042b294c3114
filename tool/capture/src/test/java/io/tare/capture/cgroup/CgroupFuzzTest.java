package io.tare.capture.cgroup;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.capture.cgroup.GroupFolders.MountPoint;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the reader of mount lists. Without {@code JAZZER_FUZZ=1} it runs the seeds only. */
class CgroupFuzzTest {
  static Stream<byte[]> mountLists() {
    return Stream.of("35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n",
        "41 31 0:38 /a\\040b /x rw - cgroup2 cgroup2 rw\n", "- - -").map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("mountLists")
  @FuzzTest
  void mountinfo(byte[] content) {
    MountPoint.parse(new String(content, StandardCharsets.UTF_8))
        .forEach(mount -> GroupFolders.below("/a/b", mount.root()));
  }
}
