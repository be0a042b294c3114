package io.tare.history.live;

import io.tare.history.sampling.LogMarks;
import io.tare.model.history.Mark;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hands the output of a command on as it comes, byte for byte, and looks for marks in its lines. */
public final class OutputMarks implements MarkSource {
  private static final int LONGEST_LINE = 8_192;

  private final LogMarks marks;
  private final Queue<Mark> found = new ConcurrentLinkedQueue<>();

  public OutputMarks(LogMarks marks) {
    this.marks = marks;
  }

  /** Begins to hand on, in a thread of its own that ends with the stream. */
  public Thread relay(InputStream from, OutputStream to) {
    Thread thread = new Thread(() -> {
      try {
        copy(from, to);
      } catch (IOException closed) {
        // One of the two ends has gone away; the program notices by itself, as it would without us.
        Thread.currentThread().interrupt();
      }
    }, "output");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void copy(InputStream from, OutputStream to) throws IOException {
    byte[] bytes = new byte[8 << 10];
    byte[] line = new byte[LONGEST_LINE];
    int length = 0;
    for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
      to.write(bytes, 0, read);
      to.flush();
      for (int i = 0; i < read; i++) {
        if (bytes[i] == '\n') {
          look(new String(line, 0, length, StandardCharsets.UTF_8));
          length = 0;
        } else if (length < line.length) {
          line[length++] = bytes[i];
        }
      }
    }
    look(new String(line, 0, length, StandardCharsets.UTF_8));
  }

  private void look(String line) {
    marks.find(line).ifPresent(mark -> found.add(new Mark(Instant.now(), mark.label(), mark.items(), "log")));
  }

  @Override
  public List<Mark> news() {
    List<Mark> news = new ArrayList<>();
    for (Mark mark = found.poll(); mark != null; mark = found.poll()) {
      news.add(mark);
    }
    return news;
  }
}
