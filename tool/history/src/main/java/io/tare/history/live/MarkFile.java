package io.tare.history.live;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.facts.Fact;
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
import java.util.OptionalLong;

/**
 * The file beside a recording ({@code F.tarerec.marks}) through which {@code tare mark} speaks to the recorder: lines of facts,
 * {@code mark at=1763712000123 label=AFTER_LOAD items=10000}. The recorder takes them over each second, and removes the file at its end.
 */
public final class MarkFile implements MarkSource, AutoCloseable {
  public static final String SOURCE = "command";
  private static final int MOST_BYTES = 4 << 20;

  private final Path file;
  private long at;

  private MarkFile(Path file) {
    this.file = file;
  }

  public static Path besides(Path recording) {
    return recording.resolveSibling(recording.getFileName() + ".marks");
  }

  /** Takes over what is said from now on; what an earlier recorder did not hear too. */
  public static MarkFile open(Path recording) throws IOException {
    Path file = besides(recording);
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    return new MarkFile(file);
  }

  /** Says a mark. The line is written at once, so several who mark at the same time don't mix. */
  public static void say(Path recording, Mark mark) throws IOException {
    Path file = besides(recording);
    List<Object> facts = new ArrayList<>(List.of("at", mark.at().toEpochMilli(), "label", mark.label()));
    mark.items().ifPresent(items -> facts.addAll(List.of("items", items)));
    String line = Fact.of("mark", facts.toArray()).line() + "\n";
    Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  @Override
  public List<Mark> news() {
    return hasNews() ? read() : List.of();
  }

  /** Asked each second, and nearly always in vain: one look at the size is cheaper than opening the file. */
  private boolean hasNews() {
    try {
      return Files.size(file) > at;
    } catch (IOException gone) {
      return false;
    }
  }

  private List<Mark> read() {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = Math.min(channel.size() - at, MOST_BYTES);
      if (size <= 0) {
        return List.of();
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      int length = Math.max(0, channel.read(bytes, at));
      String text = new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      at += whole.getBytes(StandardCharsets.UTF_8).length;
      return parse(whole);
    } catch (IOException gone) {
      return List.of();
    }
  }

  static List<Mark> parse(String lines) {
    try {
      return Fact.parseAll("marks", lines, ParseLimits.DEFAULT).value().stream()
          .filter(fact -> fact.word().equals("mark") && fact.number("at").isPresent())
          .map(fact -> new Mark(Instant.ofEpochMilli(fact.number("at").orElse(0)), fact.text("label").orElse(""),
              fact.number("items"), SOURCE))
          .toList();
    } catch (NotThisFormat binary) {
      return List.of();
    }
  }

  public static Mark now(String label, OptionalLong items) {
    return new Mark(Instant.ofEpochMilli(System.currentTimeMillis()), label, items, SOURCE);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
