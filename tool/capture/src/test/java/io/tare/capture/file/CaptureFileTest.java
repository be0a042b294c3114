package io.tare.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.file.CaptureFileException.Reason;
import io.tare.capture.file.CaptureReader.FileLimits;
import io.tare.model.capture.Capture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileTest {
  private static final String MANIFEST = """
      capture schema=tare.capture/1 tool=0.1.0
      target name=app runtime=NATIVE start=1 pid=2
      taken at=2026-01-01T00:00:00Z micros=3
      artifact name=proc/smaps outcome=TAKEN note= micros=1 bytes=3
      """;

  private static byte[] zip(String... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndContents[i]));
        zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static Capture read(byte[] file) throws Exception {
    return CaptureReader.read(new ByteArrayInputStream(file), FileLimits.DEFAULT);
  }

  private static void assertRefused(byte[] file, Reason reason) {
    assertThatThrownBy(() -> read(file)).isInstanceOfSatisfying(CaptureFileException.class,
        refused -> assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason));
  }

  @Test
  void whatIsSavedIsWhatIsOpened(@TempDir Path folder) throws Exception {
    Capture capture = Captures.small();
    Path file = folder.resolve("a.tare");
    CaptureWriter.save(capture, file);
    assertThat(CaptureReader.open(file)).isEqualTo(capture);
    assertThat(CaptureReader.open(file).artifacts().keySet()).containsExactlyElementsOf(capture.artifacts().keySet());
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theSameCaptureGivesTheSameBytes() throws Exception {
    assertThat(Captures.bytes(Captures.small())).isEqualTo(Captures.bytes(Captures.small()));
  }

  @Test
  void aFileThatIsNoZipIsNoCapture() throws Exception {
    assertRefused("hello".getBytes(StandardCharsets.UTF_8), Reason.NOT_A_CAPTURE);
    assertRefused(new byte[0], Reason.NOT_A_CAPTURE);
    assertRefused(zip("META-INF/MANIFEST.MF", "x"), Reason.NOT_A_CAPTURE);
    assertRefused(zip("manifest", "just some text\n"), Reason.NOT_A_CAPTURE);
  }

  @Test
  void aCaptureOfANewerTareSaysWhatToDo() throws Exception {
    byte[] newer = zip("manifest", MANIFEST.replace("tare.capture/1 tool=0.1.0", "tare.capture/2 tool=9.0"));
    assertRefused(newer, Reason.NEWER_VERSION);
    assertThatThrownBy(() -> read(newer)).hasMessageContaining("9.0").hasMessageContaining("update it");
  }

  @Test
  void aTruncatedFileIsRefusedWhereverTheCutIs() throws Exception {
    byte[] whole = Captures.bytes(Captures.small());
    int contentEnds = whole.length - Captures.centralDirectoryBytes(whole);
    for (int length = 1; length < contentEnds; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(CaptureFileException.class);
    }
  }

  @Test
  void anArtefactThatUnpacksToMoreThanItClaimsIsNotUnpacked() throws Exception {
    byte[] bomb = zip("manifest", MANIFEST, "proc/smaps", "0".repeat(10_000_000));
    assertThat(bomb.length).isLessThan(20_000);
    assertRefused(bomb, Reason.TOO_LARGE);
  }

  @Test
  void limitsHoldWhateverTheManifestClaims() throws Exception {
    byte[] file = zip("manifest", MANIFEST.replace("bytes=3", "bytes=1000000"), "proc/smaps", "0".repeat(1_000_000));
    FileLimits narrow = new FileLimits(10, 1_000, 10_000, 1_000);
    assertThatThrownBy(() -> CaptureReader.read(new ByteArrayInputStream(file), narrow))
        .isInstanceOf(CaptureFileException.class).hasMessageContaining("it unpacks to more than");
  }

  @Test
  void entriesThatTheManifestDoesNotListAreRefused() throws Exception {
    assertRefused(zip("manifest", MANIFEST, "proc/smaps", "abc", "../../etc/passwd", "x"), Reason.DAMAGED);
    assertRefused(zip("manifest", MANIFEST.replace("proc/smaps", "../../etc/passwd"), "../../etc/passwd", "abc"),
        Reason.DAMAGED);
    assertRefused(zip("manifest", MANIFEST.replace("proc/smaps", "/etc/passwd"), "/etc/passwd", "abc"),
        Reason.DAMAGED);
  }

  @Test
  void anArtefactThatIsListedButMissingMeansACutFile() throws Exception {
    assertRefused(zip("manifest", MANIFEST), Reason.TRUNCATED);
    assertRefused(zip("manifest", MANIFEST, "proc/smaps", "ab"), Reason.DAMAGED);
  }

  @Test
  void aManifestThatMakesNoSenseIsDamage() throws Exception {
    assertRefused(zip("manifest", MANIFEST.replace("NATIVE", "COBOL")), Reason.DAMAGED);
    assertRefused(zip("manifest", MANIFEST.replace("2026-01-01T", "yesterday")), Reason.DAMAGED);
    assertRefused(zip("manifest", MANIFEST + MANIFEST.lines().toList().getLast() + "\n"), Reason.DAMAGED);
  }

  @Test
  void aFileThatIsNotThereIsUnreadable(@TempDir Path folder) {
    assertThatThrownBy(() -> CaptureReader.open(folder.resolve("none.tare")))
        .isInstanceOfSatisfying(CaptureFileException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.UNREADABLE));
  }
}
