package io.tare.cases.faults.overtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A file that grows, and whose new pieces are mapped and read. */
final class MappedFilePlot implements Plot {
  private static final int PIECE = 256 << 10;
  private static final int PAGE = 4 << 10;

  private final FileChannel file;
  private final long perMinute;
  private final List<MappedByteBuffer> pieces = new ArrayList<>();

  MappedFilePlot(Path directory, long perMinute) throws IOException {
    Path path = Files.createTempFile(directory, "tare-story-", ".data");
    path.toFile().deleteOnExit();
    file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.perMinute = perMinute;
  }

  @Override
  public void reach(double minute) throws IOException {
    while ((double) pieces.size() * PIECE < minute * perMinute) {
      long start = (long) pieces.size() * PIECE;
      file.write(ByteBuffer.allocate(PIECE), start);
      file.force(false);
      MappedByteBuffer piece = file.map(MapMode.READ_ONLY, start, PIECE);
      for (int at = 0; at < PIECE; at += PAGE) {
        piece.get(at);
      }
      pieces.add(piece);
    }
  }
}
