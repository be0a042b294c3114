package io.tare.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

/** A Debian package: an {@code ar} file of the format's version, what is known of the package, and its files. */
final class Deb {
  private Deb() {}

  /**
   * The package as bytes.
   *
   * @param root what is to be installed, from {@code /}
   * @param work an empty folder for what is made on the way
   */
  static byte[] pack(Path root, String version, Instant date, Path work) throws IOException {
    Files.createDirectories(work);
    Files.writeString(work.resolve("control"), """
        Package: tare
        Version: %s
        Architecture: amd64
        Maintainer: The Tare project
        Section: utils
        Priority: optional
        Installed-Size: %d
        Depends: libc6 (>= 2.17), zlib1g
        Description: weighs a running process and names the owner of every resident byte
         Reads any HotSpot JVM, Go, CPython or native process without touching it: no
         agent, no restart, no attach, no signal. Brings its own Java runtime.
        """.formatted(version.replace("-", "~"), kilobytes(root)));
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    archive.writeBytes("!<arch>\n".getBytes(StandardCharsets.US_ASCII));
    member(archive, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII), date);
    member(archive, "control.tar.gz", Tar.gzip(work, "./", date), date);
    member(archive, "data.tar.gz", Tar.gzip(root, "./", date), date);
    return archive.toByteArray();
  }

  private static long kilobytes(Path root) throws IOException {
    long bytes = 0;
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(path);
      }
    }
    return (bytes + 1023) / 1024;
  }

  private static void member(ByteArrayOutputStream archive, String name, byte[] content, Instant date) {
    archive.writeBytes(String.format(Locale.ROOT, "%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, date.getEpochSecond(), 0, 0,
        "100644", content.length).getBytes(StandardCharsets.US_ASCII));
    archive.writeBytes(content);
    if (content.length % 2 == 1) {
      archive.write('\n');
    }
  }
}
