package io.tare.capture.file;

import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.capture.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Captures written down for tests. */
final class Captures {
  private static final String SMAPS = """
      7f0000000000-7f0000001000 r-xp 00000000 fe:00 12                         /home/joe/shop/lib=1/libshop.so
      7f0000002000-7f0000003000 r-xp 00000000 fe:00 13                         /home/joe/shop/lib=1/a file.jar (deleted)
      7f0000004000-7f0000005000 r-xp 00000000 fe:00 14                         /usr/lib/x86_64-linux-gnu/libc.so.6
      7f0000006000-7f0000007000 rw-s 00000000 00:01 15                         /memfd:java_heap (deleted)
      7ffd00000000-7ffd00021000 rw-p 00000000 00:00 0                          [stack]
      VmFlags: rd wr mr mw me ac
      """;

  private Captures() {}

  static Capture small() {
    List<Artifact> artifacts = List.of(Artifact.taken(ArtifactNames.SMAPS, "a note with = and % and \u3000", 12, SMAPS),
        Artifact.taken(ArtifactNames.EXE, "", 0, "/home/joe/shop/bin/shop"),
        Artifact.taken(ArtifactNames.FDS, "", 0,
            "fd n=7 target=/dev/shm/x size=1 blocks=1 inode=1 device=00:01\nfd n=8 target=/home/joe/gone%20(deleted) size=1\n"),
        Artifact.missing(ArtifactNames.PAGES, Outcome.DENIED, "refused"),
        new Artifact(ArtifactNames.HSPERFDATA, Outcome.PARTIAL, "cut", 3, new byte[] {0, -1, 7}),
        Artifact.taken(ArtifactNames.TASKS, "", 0, ""));
    return with(artifacts.toArray(Artifact[]::new));
  }

  static Capture with(Artifact... artifacts) {
    Map<String, Artifact> byName = new LinkedHashMap<>();
    for (Artifact artifact : artifacts) {
      byName.put(artifact.name(), artifact);
    }
    return new Capture(new Target(4711, 777, "shop \u2003", RuntimeKind.NATIVE),
        Instant.parse("2026-01-01T00:00:00.123456789Z"), 99, List.of("basic", "gc"), byName);
  }

  static byte[] bytes(Capture capture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CaptureWriter.write(capture, out);
    return out.toByteArray();
  }

  /** The zip's table of contents at its end, which a reader does not need. */
  static int centralDirectoryBytes(byte[] zip) {
    ByteBuffer end = ByteBuffer.wrap(zip, zip.length - 22, 22).slice().order(ByteOrder.LITTLE_ENDIAN);
    return end.getInt(12) + 22;
  }
}
