package io.tare.capture.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.Tree;
import io.tare.capture.cgroup.CgroupCollector.GroupMembers;
import io.tare.capture.cgroup.GroupFolders.MountPoint;
import io.tare.capture.cgroup.OwnGroup.GroupLimits;
import io.tare.capture.door.Pipes;
import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.ProcessFolder;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupCollectorTest {
  private static final String V1 = "35 31 0:32 ROOT /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n";
  private static final String V2 = "41 31 0:38 ROOT /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw\n";

  @TempDir
  Path root;
  private Tree tree;

  @BeforeEach
  void aProcess() throws Exception {
    tree = new Tree(root).process(4711, "app", 'S');
  }

  private Map<String, String> collect() {
    return new CgroupCollector(new ProcessFolder(tree.proc(), 4711), root).collect().artifacts().stream()
        .collect(Collectors.toMap(Artifact::name, Artifact::text));
  }

  private Tree group(String folder, String file, String content) throws Exception {
    return tree.file("sys/fs/cgroup/" + folder + "/" + file, content);
  }

  @Test
  void versionOneIsReadFromTheProcessesGroupUpToTheRoot() throws Exception {
    tree.file("proc/4711/cgroup", "4:memory:/pods/shop\n0::/\n").file("proc/self/mountinfo", V1.replace("ROOT", "/"));
    group("memory/pods/shop", "memory.limit_in_bytes", "1000\n");
    group("memory/pods", "memory.limit_in_bytes", "2000\n");
    group("memory", "memory.limit_in_bytes", "3000\n");
    Map<String, String> collected = collect();
    assertThat(collected).containsEntry("cgroup/0/memory.limit_in_bytes", "1000\n")
        .containsEntry("cgroup/1/memory.limit_in_bytes", "2000\n")
        .containsEntry("cgroup/2/memory.limit_in_bytes", "3000\n");
    assertThat(collected.get(ArtifactNames.CGROUP_LEVELS)).isEqualTo("""
        level n=0 version=1 path=/pods/shop
        level n=1 version=1 path=/pods
        level n=2 version=1 path=/
        """);
  }

  @Test
  void versionTwoIsReadWithItsOwnFiles() throws Exception {
    tree.file("proc/4711/cgroup", "0::/user.slice/app\n").file("proc/self/mountinfo", V2.replace("ROOT", "/"));
    group("user.slice/app", "memory.current", "500\n");
    group("user.slice/app", "memory.max", "max\n");
    assertThat(collect()).containsEntry("cgroup/0/memory.current", "500\n").containsEntry("cgroup/0/memory.max",
        "max\n");
  }

  @Test
  void onAMachineWithBothMemoryIsReadWhereItsControllerIs() throws Exception {
    tree.file("proc/4711/cgroup", "4:memory:/a\n0::/b\n").file("proc/self/mountinfo",
        V2.replace("ROOT", "/").replace("/sys/fs/cgroup ", "/sys/fs/cgroup/unified ") + V1.replace("ROOT", "/"));
    group("unified/b", "memory.current", "1\n");
    group("memory/a", "memory.usage_in_bytes", "2\n");
    assertThat(collect()).containsEntry("cgroup/0/memory.usage_in_bytes", "2\n")
        .doesNotContainKey("cgroup/0/memory.current");
  }

  @Test
  void withinAContainerTheMountShowsOnlyTheContainersOwnPart() throws Exception {
    tree.file("proc/4711/cgroup", "4:memory:/docker/3f2a/worker\n").file("proc/self/mountinfo",
        V1.replace("ROOT", "/docker/3f2a"));
    group("memory/worker", "memory.usage_in_bytes", "7\n");
    assertThat(collect()).containsEntry("cgroup/0/memory.usage_in_bytes", "7\n");
  }

  @Test
  void aGroupThatOnlyTheTargetSeesIsReadThroughItsRoot() throws Exception {
    tree.file("proc/4711/cgroup", "0::/docker/3f2a\n").file("proc/self/mountinfo", "\n").file("proc/4711/mountinfo",
        V2.replace("ROOT", "/docker/3f2a"));
    tree.file("proc/4711/root/sys/fs/cgroup/memory.current", "9\n");
    assertThat(collect()).containsEntry("cgroup/0/memory.current", "9\n");
  }

  @Test
  void aTargetThatArrangesItsRootNeitherHangsTheReadingNorShowsTheHostsFiles() throws Exception {
    tree.file("proc/4711/cgroup", "0::/docker/3f2a\n").file("proc/self/mountinfo", "\n").file("proc/4711/mountinfo",
        V2.replace("ROOT", "/docker/3f2a"));
    Pipes.make(root.resolve("proc/4711/root/sys/fs/cgroup/memory.current"));
    tree.file("host/memory.max", "12345\n").link("proc/4711/root/sys/fs/cgroup/memory.max",
        root.resolve("host/memory.max").toString()).file("proc/4711/root/sys/fs/cgroup/memory.high", "7\n");
    assertThat(collect()).doesNotContainKeys("cgroup/0/memory.current", "cgroup/0/memory.max")
        .containsEntry("cgroup/0/memory.high", "7\n");
  }

  @Test
  void aGroupsPathWithDotsLeadsNowhere() {
    assertThat(GroupFolders.below("/a/../../../etc", "/")).isEmpty();
    assertThat(GroupFolders.below("/docker/a/..", "/docker")).isEmpty();
    assertThat(GroupFolders.below("/..a/b", "/")).contains("..a/b");
  }

  @Test
  void aGroupOutsideOfTheVisiblePartIsSaidSo() throws Exception {
    tree.file("proc/4711/cgroup", "0::/../other\n").file("proc/self/mountinfo", V2.replace("ROOT", "/"));
    Artifact levels = new CgroupCollector(new ProcessFolder(tree.proc(), 4711), root).collect().artifacts().getLast();
    assertThat(levels.note()).isEqualTo("the process's memory group cannot be seen from here");
  }

  @Test
  void theTightestLimitOfAllLevelsCounts() throws Exception {
    tree.file("proc/self/mountinfo", V1.replace("ROOT", "/"));
    group("memory/pods/shop", "memory.limit_in_bytes", "9223372036854771712\n");
    group("memory/pods", "memory.limit_in_bytes", "2000\n");
    group("memory", "memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(new GroupLimits(tree.proc(), root).tightest("4:memory:/pods/shop\n")).hasValue(2000);
    assertThat(new GroupLimits(tree.proc(), root).tightest("4:memory:/\n")).isEmpty();
  }

  @Test
  void theMembersOfTheGroupAreListedWithWhatTheyWeigh() throws Exception {
    tree.process(12, "a name (odd)", 'S');
    tree.file("group/cgroup.procs", "0\n12\n4711\n99999\n");
    assertThat(GroupMembers.take(tree.proc(), FileRead.of(root.resolve("group/cgroup.procs"), FileRead.SMALL)).text())
        .matches("member pid=12 name=a%20name%20\\(odd\\) rss=\\d+\nmember pid=4711 name=app rss=\\d+\n");
  }

  @Test
  void blanksInAMountPointAreWrittenInOctal() {
    assertThat(MountPoint.parse("41 31 0:38 /a\\040b /x\\134y rw - cgroup2 cgroup2 rw\n"))
        .containsExactly(new MountPoint(2, "/a b", "/x\\y"));
  }
}
