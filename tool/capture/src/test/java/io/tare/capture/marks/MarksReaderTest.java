package io.tare.capture.marks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.marks.PageMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following the marks of a process in a /proc of our own. */
class MarksReaderTest {
  private static final long STARTED = 1_763_711_000_000L;
  private static final int RECORDS = 4;

  @TempDir
  private Path proc;

  private final ByteBuffer page = ByteBuffer.allocate(256 + 256 * RECORDS).order(ByteOrder.LITTLE_ENDIAN);
  private Path file;

  @BeforeEach
  void aProcessWithAMarksFile() throws IOException {
    Path process = Files.createDirectories(proc.resolve("4711"));
    Object uid = Files.getAttribute(proc, "unix:uid");
    Files.writeString(process.resolve("status"), "Name:\tx\nUid:\t" + uid + "\t0\t0\t0\nNSpid:\t4711\t7\n");
    file = Files.createDirectories(process.resolve("root/tmp/taremarks_somebody")).resolve("7");
    page.put(0, "TAREMARK".getBytes(StandardCharsets.US_ASCII)).putInt(8, 1).putInt(12, 256).putInt(16, 256)
        .putInt(20, RECORDS).putLong(24, 7).putLong(32, STARTED + 500);
  }

  private void mark(long ticket) throws IOException {
    int at = 256 + 256 * (int) (ticket % RECORDS);
    page.putLong(at + 8, ticket).putLong(at + 16, ticket * 10).putShort(at + 32, (short) 1).put(at + 40,
        (byte) ('A' + ticket));
    long mix = ticket;
    for (int offset = 8; offset < 128; offset += 8) {
      long word = offset == 32 ? page.getLong(at + offset) & 0xffffffffL : page.getLong(at + offset);
      mix = (Long.rotateLeft(mix, 5) ^ word) * 0x9e3779b97f4a7c15L;
    }
    page.putInt(at + 36, (int) (mix >>> 32)).putLong(at, 2 * ticket + 2).putLong(64, ticket + 1);
    Files.write(file, page.array());
  }

  private MarksReader reader(long startMillis) {
    return new MarksReader(new ProcessFolder(proc, 4711), startMillis);
  }

  @Test
  void eachMarkIsToldOnceAlsoWhenTheRingGoesRound() throws IOException {
    mark(0);
    mark(1);
    try (MarksReader reader = reader(STARTED)) {
      assertThat(reader.news()).extracting(PageMark::label).containsExactly("A", "B");
      assertThat(reader.news()).isEmpty();
      for (int ticket = 2; ticket < 6; ticket++) {
        mark(ticket);
      }
      assertThat(reader.news()).extracting(PageMark::label).containsExactly("C", "D", "E", "F");
    }
  }

  @Test
  void theMarksOfAnEarlierProcessOfThatPidAreNotTaken() throws IOException {
    mark(0);
    try (MarksReader reader = reader(STARTED + 60_000)) {
      assertThat(reader.news()).isEmpty();
    }
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    mark(0);
    Path elsewhere = Files.move(file, proc.resolve("elsewhere"));
    Files.createSymbolicLink(file, elsewhere);
    try (MarksReader reader = reader(STARTED)) {
      assertThat(reader.news()).isEmpty();
    }
  }

  @Test
  void aFileThatComesLaterIsFound() throws IOException {
    try (MarksReader reader = reader(STARTED)) {
      assertThat(reader.news()).isEmpty();
      mark(0);
      int tries = 0;
      while (reader.news().isEmpty()) {
        assertThat(++tries).isLessThan(20);
      }
    }
  }

  @Test
  void aFileThatIsCutShortDoesNoHarm() throws IOException {
    mark(0);
    try (MarksReader reader = reader(STARTED)) {
      assertThat(reader.news()).hasSize(1);
      Files.write(file, new byte[10]);
      assertThat(reader.news()).isEmpty();
    }
  }
}
