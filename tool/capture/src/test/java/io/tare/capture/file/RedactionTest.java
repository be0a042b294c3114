package io.tare.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private final Capture redacted = Redaction.NO_PATHS.apply(Captures.small());

  @Test
  void pathsAreKeptUnlessTheyAreToGo() {
    assertThat(Redaction.KEEP_PATHS.apply(Captures.small())).isEqualTo(Captures.small());
  }

  @Test
  void foldersBecomeHashesAndFilesKeepTheirNames() {
    List<String> smaps = redacted.text(ArtifactNames.SMAPS).orElseThrow().lines().toList();
    assertThat(smaps.get(0)).matches("7f0000000000-.* /[0-9a-f]{8}/libshop\\.so");
    assertThat(smaps.get(1)).matches("7f0000002000-.* /[0-9a-f]{8}/a file\\.jar \\(deleted\\)");
    assertThat(redacted.text(ArtifactNames.EXE).orElseThrow()).matches("/[0-9a-f]{8}/shop");
    assertThat(redacted.artifacts().values()).noneMatch(artifact -> artifact.text().contains("joe"));
  }

  @Test
  void theSameFolderHasTheSameHashInOneCaptureOnly() {
    List<String> smaps = redacted.text(ArtifactNames.SMAPS).orElseThrow().lines().toList();
    String folder = smaps.get(0).replaceAll(".*/([0-9a-f]{8})/.*", "$1");
    assertThat(smaps.get(1)).contains("/" + folder + "/");
    Capture small = Captures.small();
    Capture later = new Capture(small.target(), small.takenAt().plusSeconds(1), 1, List.of(), small.artifacts());
    assertThat(Redaction.NO_PATHS.apply(later).text(ArtifactNames.SMAPS).orElseThrow()).doesNotContain(folder);
  }

  @Test
  void whatEverySystemHasStaysReadable() {
    assertThat(redacted.text(ArtifactNames.SMAPS).orElseThrow()).contains("/usr/lib/x86_64-linux-gnu/libc.so.6\n",
        "/memfd:java_heap (deleted)\n", "[stack]\n", "VmFlags: rd wr mr mw me ac\n");
    assertThat(redacted.text(ArtifactNames.FDS).orElseThrow()).contains("target=/dev/shm/x size=1");
  }

  @Test
  void foldersBelowTheUsualOnesTellOfAMachineAndGo() {
    String smaps = """
        7f0000000000-7f0000001000 r-xp 00000000 fe:00 12    /usr/lib/jvm/of-the-acme-company/lib/server/libjvm.so
        7f0000002000-7f0000003000 r-xp 00000000 fe:00 13    /usr/share/acme/data
        7f0000004000-7f0000005000 r-xp 00000000 fe:00 14    /lib/x86_64-linux-gnu/libc.so.6
        7f0000006000-7f0000007000 rw-s 00000000 00:01 15    /dev/shm/of joe /acme/queue
        7f0000008000-7f0000009000 rw-s 00000000 00:01 16    /usr/lib64/libz.so
        """;
    Capture capture = Captures.with(Artifact.taken(ArtifactNames.SMAPS, "", 0, smaps),
        Artifact.taken(ArtifactNames.EXE, "", 0, "/opt/acme/bin/shop (deleted)"));
    String kept = Redaction.NO_PATHS.apply(capture).text(ArtifactNames.SMAPS).orElseThrow();
    assertThat(kept).doesNotContain("acme", "joe").contains("/libjvm.so\n", "/data\n", "/queue\n",
        " /lib/x86_64-linux-gnu/libc.so.6\n", " /usr/lib64/libz.so\n");
    assertThat(Redaction.NO_PATHS.apply(capture).text(ArtifactNames.EXE).orElseThrow())
        .matches("/[0-9a-f]{8}/shop \\(deleted\\)");
  }

  @Test
  void groupsLoseTheirNamesButLieInEachOtherAsBefore() {
    Capture capture = Captures.with(
        Artifact.taken(ArtifactNames.CGROUP_MEMBERSHIP, "", 0,
            "4:memory:/kubepods/pod-joe/c1\n1:name=systemd:/\n0::/kubepods/pod-joe/c1\n"),
        Artifact.taken(ArtifactNames.CGROUP_LEVELS, "", 0,
            "level n=0 version=1 path=/kubepods/pod-joe/c1\nlevel n=1 version=1 path=/kubepods/pod-joe\nlevel n=2 version=1 path=/\n"));
    Capture without = Redaction.NO_PATHS.apply(capture);
    List<String> membership = without.text(ArtifactNames.CGROUP_MEMBERSHIP).orElseThrow().lines().toList();
    List<String> levels = without.text(ArtifactNames.CGROUP_LEVELS).orElseThrow().lines().toList();
    assertThat(membership.getFirst()).matches("4:memory:(/[0-9a-f]{8}){3}");
    assertThat(membership.get(1)).isEqualTo("1:name=systemd:/");
    String path = membership.getFirst().substring("4:memory:".length());
    assertThat(membership.get(2)).isEqualTo("0::" + path);
    assertThat(levels).containsExactly("level n=0 version=1 path=" + path,
        "level n=1 version=1 path=" + path.substring(0, path.lastIndexOf('/')), "level n=2 version=1 path=/");
  }

  @Test
  void factsThatAreNoneAreLeftOutRatherThanLeaked() {
    Capture capture = Captures.with(Artifact.taken(ArtifactNames.FDS, "", 0, "/home/joe\0binary"));
    Artifact redactedFds = Redaction.NO_PATHS.apply(capture).artifact(ArtifactNames.FDS).orElseThrow();
    assertThat(redactedFds.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(redactedFds.size()).isZero();
  }

  /** Functions and classes keep their names, and files of the program theirs: the folders go. */
  @Test
  void countsOfObjectsAndCallStacksLoseTheirFolders() {
    Capture capture = Captures.with(
        Artifact.taken(ArtifactNames.GO_PROFILE, "", 0, """
            allocations
            type name=inuse_space unit=bytes
            frame n=0 function=net/http.(*conn).serve file=/home/joe/shop/serve.go line=17
            frame n=1 function=main.main file=/home/joe/shop/main.go line=3
            frame n=2 function=main.other file=/home/joe/other%20shop/main.go line=4
            stack frames=0,1,2 values=1048576
            """),
        Artifact.taken(ArtifactNames.CENSUS, "", 0, """
            census runtime=cpython truth=consistent one_in=1 unparsed=0 wall_ms=1 cpu_ms=1 read=1 attempts=1
            type objects=2 bytes=96 name=Order module=shop.orders
            type objects=1 bytes=48 name=/home/joe/plugin.py module=/home/joe/shop/__main__
            """));
    Capture without = Redaction.NO_PATHS.apply(capture);
    List<String> profile = without.text(ArtifactNames.GO_PROFILE).orElseThrow().lines().toList();
    assertThat(profile.get(2))
        .matches("frame n=0 function=net/http\\.\\(\\*conn\\)\\.serve file=/[0-9a-f]{8}/serve\\.go line=17");
    assertThat(profile.get(3)).matches("frame n=1 function=main\\.main file=/[0-9a-f]{8}/main\\.go line=3");
    assertThat(folder(profile.get(3))).isEqualTo(folder(profile.get(2))).isNotEqualTo(folder(profile.get(4)));
    assertThat(profile.get(5)).isEqualTo("stack frames=0,1,2 values=1048576");
    List<String> census = without.text(ArtifactNames.CENSUS).orElseThrow().lines().toList();
    assertThat(census.get(1)).isEqualTo("type objects=2 bytes=96 name=Order module=shop.orders");
    assertThat(census.get(2))
        .matches("type objects=1 bytes=48 name=/[0-9a-f]{8}/plugin\\.py module=/[0-9a-f]{8}/__main__");
  }

  private static String folder(String line) {
    return line.replaceAll(".*=/([0-9a-f]{8})/.*", "$1");
  }
}
