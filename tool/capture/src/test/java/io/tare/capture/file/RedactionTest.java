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
}
