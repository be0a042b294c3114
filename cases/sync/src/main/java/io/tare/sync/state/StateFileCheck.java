package io.tare.sync.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Looks at a file before it is mapped: reading a page that a torn file no longer has would end the whole JVM with SIGBUS, so what
 * the tree points to is counted first.
 */
final class StateFileCheck {
  private StateFileCheck() {}

  static void beforeOpening(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer start = ByteBuffer.allocate((int) Math.min(channel.size(), StateFileHeader.BYTES_FOR_BOTH));
      int read;
      do {
        read = channel.read(start, start.position());
      } while (read > 0);
      StateFileHeader header = StateFileHeader.parse(start.flip())
          .orElseThrow(() -> new StateFileRefused(file, "it is not a state file, or its first pages are torn"));
      if (header.neededBytes() > channel.size() && !TreeReach.isAllThere(channel, header)) {
        throw new StateFileRefused(file,
            "it is torn: it has " + channel.size() + " bytes, its last commit needs " + header.neededBytes()
                + "; restore it, or use another file: the next run then scans everything again");
      }
    }
  }
}
