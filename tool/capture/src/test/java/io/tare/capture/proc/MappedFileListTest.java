package io.tare.capture.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.Mappings;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Outcome;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This JVM maps a file with a hole, and one that gets another file's name. */
class MappedFileListTest {
  private static final long LENGTH = 16 << 20;
  private static final int WRITTEN = 2 << 20;

  @TempDir
  private Path folder;

  @Test
  void aHoleTakesNoRoomOnTheDisk() throws Exception {
    Path file = folder.resolve("with a hole");
    MappedByteBuffer mapped = map(file);
    String facts = taken().text();
    assertThat(facts).contains("length=" + LENGTH).contains("hole");
    long allocated = Long.parseLong(facts.lines().filter(line -> line.contains("hole")).findFirst().orElseThrow()
        .replaceAll(".*allocated=(\\d+).*", "$1"));
    assertThat(allocated).isBetween((long) WRITTEN, (long) WRITTEN + (1 << 20));
    assertThat(mapped.capacity()).isEqualTo((int) LENGTH);
  }

  @Test
  void ofAFileThatIsNoLongerThereNothingIsTold() throws Exception {
    Path file = folder.resolve("replaced");
    MappedByteBuffer mapped = map(file);
    Files.move(file, folder.resolve("moved away"));
    Files.write(file, new byte[WRITTEN]);
    assertThat(taken().text().lines().filter(line -> line.contains("replaced"))).isEmpty();
    assertThat(mapped.capacity()).isEqualTo((int) LENGTH);
  }

  private static MappedByteBuffer map(Path file) throws Exception {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
        StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[WRITTEN]), 0);
      channel.write(ByteBuffer.wrap(new byte[1]), LENGTH - 1);
      channel.force(true);
      return channel.map(MapMode.READ_ONLY, 0, LENGTH);
    }
  }

  private static Artifact taken() throws Exception {
    Path own = Path.of("/proc", String.valueOf(ProcessHandle.current().pid()));
    Artifact artifact = MappedFileList.take(new ProcessFolder(Path.of("/proc"), ProcessHandle.current().pid()),
        Mappings.read(own));
    assertThat(artifact.outcome()).isEqualTo(Outcome.TAKEN);
    return artifact;
  }
}
