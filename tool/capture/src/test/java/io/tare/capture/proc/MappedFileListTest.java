package io.tare.capture.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.Mappings;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Outcome;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This JVM maps a file with a hole, and one that gets another file's name. */
class MappedFileListTest {
  private static final long LENGTH = 16 << 20;
  private static final int WRITTEN = 2 << 20;

  private static final Path OWN = Path.of("/proc", String.valueOf(ProcessHandle.current().pid()));

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

  @Test
  void ofAnotherFileUnderThatNameNothingIsTold() throws Exception {
    Path file = folder.resolve("overmounted");
    MappedByteBuffer mapped = map(file);
    List<Mapping> asMapped = Mappings.read(OWN).mappings();
    List<Mapping> another = asMapped.stream().map(one -> new Mapping(one.range(), one.permissions(), one.offset(),
        one.device(), one.inode() + 1, one.name(), one.bytes(), one.flags())).toList();
    assertThat(taken(new Smaps(asMapped)).text()).contains("overmounted");
    assertThat(taken(new Smaps(another)).text()).doesNotContain("overmounted");
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
    return taken(Mappings.read(OWN));
  }

  private static Artifact taken(Smaps smaps) {
    Artifact artifact = MappedFileList.take(new ProcessFolder(Path.of("/proc"), ProcessHandle.current().pid()),
        smaps);
    assertThat(artifact.outcome()).isEqualTo(Outcome.TAKEN);
    return artifact;
  }
}
