package io.tare.history.live;

import io.tare.history.live.RecordingFile.FileIdentity;
import io.tare.model.history.Mark;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where marks come from besides the target's own page: a side file, a log, the output of a command. */
public interface MarkSource {
  /** Those that were not told before. */
  List<Mark> news();

  /**
   * Finds marks in lines of a log: {@code [MEMSTATS:AFTER_BATCH_1000] Alloc=15MB … Items=1000}, and whatever fits the user's own patterns.
   * Of such a pattern the group {@code label}, else the first group, else the whole match is the label; the group {@code items} counts.
   */
  public static final class LogMarks {
    private static final Pattern MEMSTATS = Pattern
        .compile("\\[MEMSTATS:([^\\]]{1,200})\\](?:.*\\bItems=(\\d{1,18}))?");
    private static final int LONGEST_LINE = 8_192;
    private static final int LONGEST_LABEL = 200;

    private final List<Pattern> patterns;

    /** @param patterns the user's own */
    public LogMarks(List<Pattern> patterns) {
      this.patterns = List.copyOf(patterns);
    }

    /** A mark that a line stands for. */
    public record Found(String label, OptionalLong items) {}

    public Optional<Found> find(String line) {
      String looked = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
      if (looked.contains("[MEMSTATS:")) {
        Matcher memstats = MEMSTATS.matcher(looked);
        if (memstats.find()) {
          return Optional.of(new Found(memstats.group(1).strip(), number(memstats.group(2))));
        }
      }
      for (Pattern pattern : patterns) {
        Matcher own = pattern.matcher(looked);
        if (own.find()) {
          return Optional.of(found(pattern, own));
        }
      }
      return Optional.empty();
    }

    private static Found found(Pattern pattern, Matcher match) {
      String label = pattern.namedGroups().containsKey("label")
          ? match.group("label")
          : match.groupCount() > 0 ? match.group(1) : match.group();
      String items = pattern.namedGroups().containsKey("items") ? match.group("items") : null;
      String kept = label == null ? match.group() : label;
      return new Found(kept.length() > LONGEST_LABEL ? kept.substring(0, LONGEST_LABEL) : kept.strip(), number(items));
    }

    private static OptionalLong number(@Nullable String digits) {
      try {
        return digits == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits.strip()));
      } catch (NumberFormatException notANumber) {
        return OptionalLong.empty();
      }
    }
  }

  /** Follows a log file from where it ends now; when it is rotated or cut, from the beginning of the new one. */
  public static final class LogFollower implements MarkSource {
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

  /** Hands the output of a command on as it comes, byte for byte, and looks for marks in its lines. */
  public static final class OutputMarks implements MarkSource {
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
}
