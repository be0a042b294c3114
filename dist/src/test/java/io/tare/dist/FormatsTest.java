package io.tare.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is packed, read by the tools that will read it. */
class FormatsTest {
  private static final Instant DATE = Instant.parse("2026-01-01T00:00:00Z");
  private static final String DEEP = "deep/".repeat(18) + "a-name-that-makes-the-whole-longer-than-a-hundred";

  @TempDir
  private Path folder;

  @Test
  void tarReadsEveryNameModeLinkAndContent() throws Exception {
    Path file = Files.write(folder.resolve("x.tar.gz"), Tar.gzip(tree("a"), "top/", DATE));
    assertThat(ClassData.run(List.of("tar", "--numeric-owner", "--utc", "-tvzf", file.toString())).lines()
        .filter(line -> !line.endsWith("deep/"))
        .map(line -> line.replaceAll(" +", " "))).containsExactly(
            "drwxr-xr-x 0/0 0 2026-01-01 00:00 top/",
            "-rw-r--r-- 0/0 5 2026-01-01 00:00 top/" + DEEP,
            "lrwxrwxrwx 0/0 0 2026-01-01 00:00 top/link -> plain",
            "-rw-r--r-- 0/0 600 2026-01-01 00:00 top/plain",
            "-rwxr-xr-x 0/0 9 2026-01-01 00:00 top/program");
    ClassData.run(List.of("tar", "-xzf", file.toString(), "-C", folder.toString()));
    assertThat(Files.readString(folder.resolve("top/" + DEEP))).isEqualTo("deep\n");
    assertThat(Files.readString(folder.resolve("top/link"))).isEqualTo("x".repeat(600));
  }

  @Test
  void theSameFilesGiveTheSameBytesWheneverTheyWereMade() throws Exception {
    Path one = tree("one");
    Path other = tree("other");
    Files.setLastModifiedTime(other.resolve("plain"), FileTime.from(Instant.EPOCH));
    assertThat(Tar.gzip(one, "./", DATE)).isEqualTo(Tar.gzip(other, "./", DATE));
    Files.writeString(other.resolve("plain"), "y");
    assertThat(Tar.gzip(one, "./", DATE)).isNotEqualTo(Tar.gzip(other, "./", DATE));
  }

  @Test
  void dpkgReadsThePackage() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "there is no dpkg-deb: the .deb was not read");
    Path deb = Files.write(folder.resolve("x.deb"),
        Deb.pack(tree("a"), "1.0-SNAPSHOT", DATE, folder.resolve("control")));
    assertThat(ClassData
        .run(List.of("dpkg-deb", "--field", deb.toString(), "Package", "Version", "Architecture", "Installed-Size")))
        .isEqualTo("Package: tare\nVersion: 1.0~SNAPSHOT\nArchitecture: amd64\nInstalled-Size: 2\n");
    assertThat(ClassData.run(List.of("dpkg-deb", "--contents", deb.toString()))).contains("./program",
        "./link -> plain");
  }

  @Test
  void anImageNamesItsLayersByTheirDigests() throws Exception {
    OciImage image = new OciImage(folder.resolve("image"), DATE);
    image.layer(tree("a"));
    image.finish("/program", "1.0");
    try (var blobs = Files.list(folder.resolve("image/blobs/sha256"))) {
      assertThat(blobs).hasSize(3)
          .allSatisfy(
              blob -> assertThat(OciImage.sha256(Files.readAllBytes(blob))).isEqualTo(blob.getFileName().toString()));
    }
    String index = Files.readString(folder.resolve("image/index.json"));
    String digest = index.replaceAll("(?s).*\"digest\":\"sha256:(\\w+)\".*", "$1");
    assertThat(Files.readString(folder.resolve("image/blobs/sha256/" + digest))).contains("\"layers\":[{\"mediaType\":"
        + "\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"sha256:"
        + OciImage.sha256(Tar.gzip(folder.resolve("a"), "./", DATE)));
  }

  @Test
  void whatTwoDumpsDifferInIsSetToZeroAndNothingElse() throws IOException {
    byte[] one = new byte[100_000];
    byte[] other = one.clone();
    one[5] = 7;
    one[8] = 3;
    other[8] = 3;
    one[50_001] = 1;
    one[50_007] = 9;
    other[50_007] = 9;
    byte[] expected = one.clone();
    expected[5] = 0;
    expected[50_001] = 0;
    expected[50_007] = 0;
    assertThat(ClassData.settled(one, other)).isEqualTo(expected);
    assertThatThrownBy(() -> ClassData.settled(one, new byte[1])).hasMessageContaining("different sizes");
    byte[] foreign = new byte[100_000];
    Arrays.fill(foreign, 60_000, 61_000, (byte) 1);
    assertThatThrownBy(() -> ClassData.settled(one, foreign)).hasMessageContaining("differ in 1");
  }

  private Path tree(String name) throws IOException {
    Path top = Files.createDirectories(folder.resolve(name));
    Files.writeString(top.resolve("plain"), "x".repeat(600));
    Files.writeString(top.resolve("program"), "#!/bin/sh");
    top.resolve("program").toFile().setExecutable(true, false);
    Files.createSymbolicLink(top.resolve("link"), Path.of("plain"));
    Files.createDirectories(top.resolve(DEEP).getParent());
    Files.writeString(top.resolve(DEEP), "deep\n");
    return top;
  }
}
