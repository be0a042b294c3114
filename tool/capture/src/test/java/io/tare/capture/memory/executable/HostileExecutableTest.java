package io.tare.capture.memory.executable;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.alloc.ExecutableFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executables whose headers lie, to keep their reader busy or to make it fall. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileExecutableTest {
  private static final long TB = 1L << 40;
  private static final int MB = 1 << 20;
  private static final int NOTHING = 0;
  private static final int CONTENT = 1;
  private static final int SYMBOLS = 2;
  private static final int STRINGS = 3;
  private static final long TABLE_AT = 4096;

  @TempDir
  private Path folder;
  private final List<long[]> sections = new ArrayList<>();
  private byte[] names = names("", ".symtab", ".go.buildinfo");

  private static byte[] names(String... all) {
    return (String.join("\0", all) + "\0").getBytes(StandardCharsets.ISO_8859_1);
  }

  private void section(long name, long type, long link, long offset, long size) {
    sections.add(new long[] {name, type, link, offset, size});
  }

  /** The file with these sections, the names' own last, its size as wanted; nearly all of it is a hole. */
  private Path file(long bytes) throws IOException {
    long namesAt = TABLE_AT + 64L * (sections.size() + 1);
    section(0, STRINGS, 0, namesAt, names.length);
    ByteBuffer head = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 0x464c457f).put(4, (byte) 2)
        .put(5, (byte) 1).putLong(40, TABLE_AT).putShort(58, (short) 64).putShort(60, (short) sections.size())
        .putShort(62, (short) (sections.size() - 1));
    ByteBuffer table = ByteBuffer.allocate(64 * sections.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < sections.size(); i++) {
      long[] section = sections.get(i);
      table.putInt(64 * i, (int) section[0]).putInt(64 * i + 4, (int) section[1]).putLong(64 * i + 24, section[3])
          .putLong(64 * i + 32, section[4]).putInt(64 * i + 40, (int) section[2]);
    }
    Files.createDirectories(folder.resolve("4711"));
    Path file = folder.resolve("4711/exe");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(head, 0);
      channel.write(table, TABLE_AT);
      channel.write(ByteBuffer.wrap(names), namesAt);
      channel.write(ByteBuffer.allocate(1), bytes - 1);
    }
    return file;
  }

  private List<String> problems(long bytes) throws IOException {
    file(bytes);
    return ExecutableFile.read(folder.resolve("4711")).problems().stream().map(Problem::message).toList();
  }

  @Test
  void aSymbolTableOfTerabytesIsNotReadAndThatIsSaid() throws Exception {
    section(0, NOTHING, 0, 0, 0);
    section(1, SYMBOLS, 2, 8192, 4 * TB - 16_384);
    assertThat(problems(4 * TB)).singleElement().asString().contains("a symbol table of 4398046494720 bytes");
    assertThat(Files.size(folder.resolve("4711/exe"))).isEqualTo(4 * TB);
  }

  @Test
  void namesOfGigabytesAreNotRead() throws Exception {
    section(0, NOTHING, 0, 0, 0);
    section(1, SYMBOLS, 2, 8192, 24);
    section(0, STRINGS, 0, 8192, 200 * MB);
    assertThat(problems(TB)).singleElement().asString().contains("with names of 209715200 bytes was not looked at");
  }

  @Test
  void thousandsOfTablesEndWithTheBudgetOfTheFile() throws Exception {
    section(0, NOTHING, 0, 0, 0);
    for (int i = 0; i < 1000; i++) {
      section(1, SYMBOLS, 0, 8192, 48 * MB);
    }
    sections.set(0, new long[] {0, STRINGS, 0, 8192, 48 * MB});
    assertThat(problems(TB)).singleElement().asString().contains("given up after");
  }

  @Test
  void sixtyThousandSectionsWithEndlessNamesTakeNoMemory() throws Exception {
    names = "x".repeat(MB).getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 65_000; i++) {
      section(0, CONTENT, 0, 0, 0);
    }
    assertThat(problems(16 * MB)).isEmpty();
  }

  @Test
  void linksThatLeadNowhereOrRoundAreNotFollowed() throws Exception {
    section(0, NOTHING, 0, 0, 0);
    for (long link : new long[] {1, 2, 65_535, -1, Integer.MIN_VALUE}) {
      section(1, SYMBOLS, link, 8192, 240);
    }
    for (long[] place : new long[][] {{-1, 240}, {Long.MAX_VALUE, 240}, {8192, -1}, {8192, Long.MAX_VALUE},
        {Long.MIN_VALUE, Long.MIN_VALUE}, {8192, 7}}) {
      section(1, SYMBOLS, 1, place[0], place[1]);
    }
    assertThat(problems(MB)).isEmpty();
  }

  @Test
  void aBuildInfoThatLiesAboutItsLengthsIsOfAnUnknownVersion() throws Exception {
    byte[] info = new byte[64];
    byte[] magic = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(magic, 0, info, 0, magic.length);
    info[15] = 2;
    info[32] = (byte) 0xff;
    for (long size : new long[] {0, 16, 33, 64, TB, Long.MAX_VALUE, -1}) {
      sections.clear();
      section(0, NOTHING, 0, 0, 0);
      section(9, CONTENT, 0, 8192, size);
      Path file = file(3 * 4096);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(info), 8192);
      }
      Parsed<ExecutableFacts> facts = ExecutableFile.read(folder.resolve("4711"));
      assertThat(facts.value().fact("go").orElse("unknown")).as("size " + size).isEqualTo("unknown");
      sections.clear();
    }
  }

  @Test
  void anyNumbersInTheTableAreReadOrRefused() throws Exception {
    Random random = new Random(21);
    long[] numbers = {0, 1, 2, 11, 24, 4096, MB, 64 * MB, TB, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE};
    for (int round = 0; round < 200; round++) {
      sections.clear();
      for (int i = 0; i < 8; i++) {
        section(random.nextInt(40), random.nextInt(4), numbers[random.nextInt(numbers.length)],
            numbers[random.nextInt(numbers.length)], numbers[random.nextInt(numbers.length)]);
      }
      assertThat(problems(MB).size()).as("round " + round).isLessThanOrEqualTo(8);
    }
  }
}
