package io.tare.heap.hprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipTest {
  private static final int BLOCK = 64 << 10;

  @TempDir
  Path folder;

  @Test
  void theManyMembersOfTheJdkGiveTheWholeDump() throws Exception {
    for (int level : new int[] {Deflater.NO_COMPRESSION, Deflater.BEST_SPEED, Deflater.BEST_COMPRESSION}) {
      byte[] content = content(40 * BLOCK + 123);
      assertThat(inflated(members(content, level, true), new ProblemLog())).as("level %d", level).isEqualTo(content);
    }
  }

  @Test
  void manyMembersWithoutTheCommentOfTheJdkDoToo() throws Exception {
    byte[] content = content(3 * BLOCK + 1);
    assertThat(inflated(members(content, Deflater.BEST_SPEED, false), new ProblemLog())).isEqualTo(content);
  }

  @Test
  void whatComesBeforeADamagedMemberIsKept() throws Exception {
    byte[] content = content(10 * BLOCK);
    byte[] compressed = members(content, Deflater.NO_COMPRESSION, true);
    compressed[compressed.length / 2] ^= 1;
    ProblemLog problems = new ProblemLog();
    byte[] kept = inflated(compressed, problems);
    assertThat(kept.length).isBetween(4 * BLOCK, 6 * BLOCK);
    assertThat(Arrays.mismatch(kept, 0, 4 * BLOCK, content, 0, 4 * BLOCK)).isEqualTo(-1);
    assertThat(problems.toList()).singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("damaged"));
  }

  @Test
  void noMoreIsInflatedThanThereIsRoomFor() throws Exception {
    try (FileChannel out = FileChannel.open(folder.resolve("out"), StandardOpenOption.CREATE,
        StandardOpenOption.WRITE)) {
      Gzip.Inflated into = new Gzip.Inflated(out, folder, 3 << 20);
      byte[] piece = new byte[1 << 20];
      for (int i = 0; i < 3; i++) {
        into.write(piece, piece.length);
      }
      assertThatThrownBy(() -> into.write(piece, 1)).isInstanceOf(Gzip.TooLarge.class)
          .hasMessageStartingWith("the compressed dump inflates to more than 3 MB").hasMessageEndingWith("--temp");
      assertThat(out.size()).isEqualTo(3 << 20);
    }
  }

  /** Full of bytes that look like the start of a member. */
  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    new Random(1).nextBytes(content);
    byte[] lure = {0x1f, (byte) 0x8b, 8, 0};
    for (int at = 1000; at + 4 < bytes; at += 5003) {
      System.arraycopy(lure, 0, content, at, lure.length);
    }
    return content;
  }

  private byte[] inflated(byte[] compressed, ProblemLog problems) throws IOException, NotAHeapDump {
    Path file = Files.write(folder.resolve("dump.gz"), compressed);
    try (DumpFile dump = DumpFile.open(file, folder, problems)) {
      byte[] all = new byte[(int) dump.size()];
      assertThat(dump.read(0, all, 0, all.length)).isEqualTo(all.length);
      return all;
    }
  }

  /** As {@code jcmd PID GC.heap_dump -gz=1} writes it: the first member says how long a block is. */
  private static byte[] members(byte[] content, int level, boolean saysBlockSize) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < content.length; from += BLOCK) {
      boolean comment = from == 0 && saysBlockSize;
      out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, (byte) (comment ? 16 : 0), 0, 0, 0, 0, 0, 0});
      if (comment) {
        out.writeBytes(("HPROF BLOCKSIZE=" + BLOCK + "\0").getBytes(StandardCharsets.US_ASCII));
      }
      member(out, Arrays.copyOfRange(content, from, Math.min(content.length, from + BLOCK)), level);
    }
    return out.toByteArray();
  }

  private static void member(ByteArrayOutputStream out, byte[] block, int level) {
    Deflater deflater = new Deflater(level, true);
    deflater.setInput(block);
    deflater.finish();
    byte[] piece = new byte[BLOCK];
    while (!deflater.finished()) {
      out.write(piece, 0, deflater.deflate(piece));
    }
    deflater.end();
    CRC32 check = new CRC32();
    check.update(block);
    for (long number : new long[] {check.getValue(), block.length}) {
      for (int shift = 0; shift < 32; shift += 8) {
        out.write((int) (number >>> shift));
      }
    }
  }
}
