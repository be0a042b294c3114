package io.tare.cases.faults.overtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is written on and on: its pages stay in the page cache and belong to no process. */
final class WrittenFilePlot implements Plot {
  private static final int PIECE = 64 << 10;

  private final FileChannel file;
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
  private final long perMinute;

  WrittenFilePlot(Path directory, long perMinute) throws IOException {
    Path path = Files.createTempFile(directory, "tare-story-", ".data");
    path.toFile().deleteOnExit();
    file = FileChannel.open(path, StandardOpenOption.WRITE);
    this.perMinute = perMinute;
  }

  @Override
  public void reach(double minute) throws IOException {
    while (file.size() < minute * perMinute) {
      file.write(piece.clear(), file.size());
    }
  }
}
