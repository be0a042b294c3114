package io.tare.history.live;

import io.tare.history.sampling.LogMarks;
import io.tare.model.history.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Follows a log file from where it ends now; when it is rotated or cut, from the beginning of the new one. */
public final class LogFollower implements MarkSource {
  private static final int MOST_BYTES_A_ROUND = 1 << 20;

  private final Path file;
  private final LogMarks marks;
  private final StringBuilder partial = new StringBuilder();
  private Object identity = "";
  private long at;

  /** @throws IOException when the file is there and can't be read; one that is not there yet is waited for */
  public LogFollower(Path file, LogMarks marks) throws IOException {
    this.file = file;
    this.marks = marks;
    if (Files.exists(file)) {
      FileChannel.open(file, StandardOpenOption.READ).close();
      at = Files.size(file);
      identity = FileIdentity.of(file);
    }
  }

  @Override
  public List<Mark> news() {
    List<Mark> found = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        read(found);
      }
    } catch (IOException unreadable) {
      return found;
    }
    return found;
  }

  private void read(List<Mark> found) throws IOException {
    Object now = FileIdentity.of(file);
    long size = Files.size(file);
    if (!now.equals(identity) || size < at) {
      identity = now;
      at = 0;
      partial.setLength(0);
    }
    if (size == at) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size - at, MOST_BYTES_A_ROUND));
      int length = channel.read(bytes, at);
      at += Math.max(0, length);
      partial.append(new String(bytes.array(), 0, Math.max(0, length), StandardCharsets.UTF_8));
    }
    int end;
    while ((end = partial.indexOf("\n")) >= 0) {
      marks.find(partial.substring(0, end)).map(mark -> new Mark(Instant.now(), mark.label(), mark.items(), "log"))
          .ifPresent(found::add);
      partial.delete(0, end + 1);
    }
    if (partial.length() > MOST_BYTES_A_ROUND) {
      partial.setLength(0);
    }
  }
}
