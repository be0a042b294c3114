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
  void factsThatAreNoneAreLeftOutRatherThanLeaked() {
    Capture capture = Captures.with(Artifact.taken(ArtifactNames.FDS, "", 0, "/home/joe\0binary"));
    Artifact redactedFds = Redaction.NO_PATHS.apply(capture).artifact(ArtifactNames.FDS).orElseThrow();
    assertThat(redactedFds.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(redactedFds.size()).isZero();
  }
}
