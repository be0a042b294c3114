package io.tare.history.live;

import io.tare.capture.door.OwnFile;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.facts.Fact;
import io.tare.model.history.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The file beside a recording ({@code F.tarerec.marks}) through which {@code tare mark} speaks to the recorder: lines of facts,
 * {@code mark at=1763712000123 label=AFTER_LOAD items=10000}. The recorder takes them over each second, and removes the file at its end. It
 * is the recorder's own and private; whatever else stands under its name is neither read nor written.
 */
public final class MarkFile implements MarkSource, AutoCloseable {
  public static final String SOURCE = "command";
  /** Tells a recorded program, and what it starts, which recording is its own. */
  public static final String ENVIRONMENT = "TARE_RECORDING";
  private static final int MOST_BYTES = 4 << 20;

  private final Path file;
  private final FileChannel channel;
  private long at;

  private MarkFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  public static Path besides(Path recording) {
    return recording.resolveSibling(recording.getFileName() + ".marks");
  }

  /** Takes over what is said from now on; what an earlier recorder did not hear too. Throws when something else has the name. */
  public static MarkFile open(Path recording) throws IOException {
    Path file = besides(recording);
    return new MarkFile(file, Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? OwnFile.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
        : OwnFile.create(file));
  }

  /** Whether somebody writes that recording now and hears marks. */
  public static boolean isHeard(Path recording) {
    return Files.exists(besides(recording), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Says a mark. The line is written at once, so several who mark at the same time don't mix.
   *
   * @param isNamed whether the user has named the recording: root may then mean another user's
   */
  public static void say(Path recording, Mark mark, boolean isNamed) throws IOException {
    Path file = besides(recording);
    List<Object> facts = new ArrayList<>(List.of("at", mark.at().toEpochMilli(), "label", mark.label()));
    mark.items().ifPresent(items -> facts.addAll(List.of("items", items)));
    ByteBuffer line = StandardCharsets.UTF_8.encode(Fact.of("mark", facts.toArray()).line() + "\n");
    try (FileChannel end = isNamed
        ? OwnFile.openNamed(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
        : OwnFile.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      end.write(line);
    }
  }

  @Override
  public List<Mark> news() {
    try {
      return channel.size() > at ? read() : List.of();
    } catch (IOException gone) {
      return List.of();
    }
  }

  private List<Mark> read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size() - at, MOST_BYTES));
    int length = Math.max(0, channel.read(bytes, at));
    String text = new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    at += whole.getBytes(StandardCharsets.UTF_8).length;
    return parse(whole);
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
    channel.close();
    Files.deleteIfExists(file);
  }
}
