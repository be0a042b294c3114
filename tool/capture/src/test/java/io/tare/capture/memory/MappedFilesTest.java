package io.tare.capture.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFilesTest {
  private static final long START = 0x7f0000000000L;

  @TempDir
  Path proc;
  private Path library;
  private final FakeMemory memory = new FakeMemory();

  @BeforeEach
  void libraryInAnotherRoot() throws Exception {
    Files.createDirectories(proc.resolve("root/lib"));
    library = Files.write(proc.resolve("root/lib/some.so"), "contents".repeat(1000).getBytes());
  }

  private static Mapping mapping(String device, long inode) {
    return new Mapping(AddressRange.ofSize(START, 8192), "r--p", 0, device, inode, "/lib/some.so", MappingBytes.NONE,
        "");
  }

  private Mapping theSame() throws Exception {
    return mapping(MappedFiles.deviceName((Long) Files.getAttribute(library, "unix:dev")),
        (Long) Files.getAttribute(library, "unix:ino"));
  }

  @Test
  void theFileIsFoundThroughTheProcessesRoot() throws Exception {
    assertThat(new MappedFiles(proc, memory).find(theSame())).hasValue(library);
  }

  @Test
  void aFileThatWasReplacedIsRefused() {
    assertThat(new MappedFiles(proc, memory).find(mapping("08:01", 4711))).isEmpty();
  }

  @Test
  void onAnOverlayTheFirstPageProvesTheFile() {
    memory.bytes(START, "contents".repeat(512).getBytes());
    assertThat(new MappedFiles(proc, memory).find(mapping("00:2f", 4711))).hasValue(library);
    memory.u8(START + 100, 'X');
    assertThat(new MappedFiles(proc, memory).find(mapping("00:2f", 4711))).isEmpty();
  }

  @Test
  void anonymousMemoryHasNoFile() {
    assertThat(new MappedFiles(proc, memory).find(Mappings.anonymous(START, 4096))).isEmpty();
  }
}
