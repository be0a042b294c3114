package io.tare.heap.hprof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.DumpBuilder;
import io.tare.model.Problem;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongRecordTest {
  private static final long BODY = (5L << 32) + 1000;

  @TempDir
  Path folder;

  @Test
  void aRecordOverFourGigabytesEndsWhereTheNextOneStarts() throws Exception {
    Path file = folder.resolve("long.hprof");
    byte[] start = DumpBuilder.withIdsOf(8).toBytes();
    int header = start.length - 9;
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.write(start, 0, header);
      out.writeByte(Tag.HEAP_DUMP_SEGMENT);
      out.writeInt(0);
      out.writeInt((int) BODY);
    }
    // The body is a hole in the file.
    write(file, header + 9L + BODY, new byte[] {Tag.HEAP_DUMP_END, 0, 0, 0, 0, 0, 0, 0, 0});
    ProblemLog problems = new ProblemLog();
    try (DumpFile dump = DumpFile.open(file, folder, problems)) {
      Outline outline = OutlineReader.read(dump, problems);
      assertThat(outline.segments()).containsExactly(new Outline.Segment(header + 9L, header + 9L + BODY));
      assertThat(outline.truncated()).isFalse();
      assertThat(problems.toList()).extracting(Problem::message).anyMatch(text -> text.contains(BODY + " bytes"));
    }
  }

  private static void write(Path file, long position, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), position);
    }
  }
}
