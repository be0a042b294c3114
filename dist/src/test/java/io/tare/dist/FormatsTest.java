package io.tare.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
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
  void rpmReadsThePackageAndFindsEveryDigestRight() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/rpm")), "there is no rpm: the .rpm was not read by it");
    Path rpm = Files.write(folder.resolve("x.rpm"), Rpm.pack(installed(), "1.0-SNAPSHOT", DATE));
    Path none = Files.createDirectories(folder.resolve("no-packages"));
    assertThat(ClassData.run(List.of("rpm", "--dbpath", none.toString(), "-K", "--nosignature", rpm.toString())))
        .isEqualTo(rpm + ": digests OK\n");
    assertThat(ClassData.run(List.of("rpm", "--dbpath", none.toString(), "-qp", "--nosignature", "--queryformat",
        "%{NEVRA} %{SIZE}\n[%{FILENAMES} %{FILEMODES:perms} %{FILELINKTOS}\n]", rpm.toString())).lines())
        .containsExactly(
            "tare-1.0~SNAPSHOT-1.x86_64 " + (600 + "#!/bin/sh".length() + "plain../lib/tare/program".length()),
            "/usr/bin/tare lrwxrwxrwx ../lib/tare/program",
            "/usr/lib/tare drwxr-xr-x ", "/usr/lib/tare/link lrwxrwxrwx plain", "/usr/lib/tare/plain -rw-r--r-- ",
            "/usr/lib/tare/program -rwxr-xr-x ");
  }

  /** Where there is no rpm: the archive behind the two headers, and the digests that stand in the first. */
  @Test
  void anRpmsFilesAreAnArchiveThatItsHeaderNamesByDigest() throws Exception {
    byte[] rpm = Rpm.pack(installed(), "1.0", DATE);
    int header = Math.ceilDiv(headerEnd(rpm, 96), 8) * 8;
    int payload = headerEnd(rpm, header);
    assertThat(text(rpm, 96, header)).contains(OciImage.sha256(Arrays.copyOfRange(rpm, header, payload)));
    assertThat(text(rpm, header, payload)).contains(OciImage.sha256(Arrays.copyOfRange(rpm, payload, rpm.length)),
        OciImage.sha256("x".repeat(600).getBytes(StandardCharsets.UTF_8)));
    byte[] archive = new GZIPInputStream(new ByteArrayInputStream(rpm, payload, rpm.length - payload)).readAllBytes();
    assertThat(text(archive, 0, archive.length)).startsWith("070701").contains("./usr/lib/tare/plain\0",
        "x".repeat(600), "TRAILER!!!");
  }

  private Path installed() throws IOException {
    Path root = folder.resolve("root");
    Path home = Files.createDirectories(root.resolve("usr/lib/tare"));
    Files.writeString(home.resolve("plain"), "x".repeat(600));
    Files.writeString(home.resolve("program"), "#!/bin/sh");
    home.resolve("program").toFile().setExecutable(true, false);
    Files.createSymbolicLink(home.resolve("link"), Path.of("plain"));
    Files.createDirectories(root.resolve("usr/bin"));
    Files.createSymbolicLink(root.resolve("usr/bin/tare"), Path.of("../lib/tare/program"));
    return root;
  }

  private static int headerEnd(byte[] rpm, int at) {
    ByteBuffer bytes = ByteBuffer.wrap(rpm);
    assertThat(bytes.getInt(at)).isEqualTo(0x8eade801);
    return at + 16 + 16 * bytes.getInt(at + 8) + bytes.getInt(at + 12);
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
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
