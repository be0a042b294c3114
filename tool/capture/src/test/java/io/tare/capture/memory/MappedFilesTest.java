package io.tare.capture.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.door.ForeignFile;
import io.tare.capture.door.Pipes;
import io.tare.capture.kernel.Descriptor;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MappedFilesTest {
  private static final long START = 0x7f0000000000L;
  private static final String NONE = "no file";

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
    return same(library);
  }

  private static Mapping same(Path file) throws Exception {
    try (Descriptor held = Descriptor.of(file)) {
      return mapping(held.status().device(), held.status().inode());
    }
  }

  /** What is read as the mapping's file; {@link #NONE} when nothing is. */
  private String content(Mapping mapping) throws Exception {
    Optional<ForeignFile> opened = new MappedFiles(proc, memory).open(mapping);
    if (opened.isEmpty()) {
      return NONE;
    }
    try (ForeignFile file = opened.get()) {
      return new String(file.stream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theFileIsFoundThroughTheProcessesRoot() throws Exception {
    assertThat(content(theSame())).isEqualTo(Files.readString(library));
  }

  @Test
  void aFileThatWasReplacedIsRefused() throws Exception {
    assertThat(content(mapping("08:01", 4711))).isEqualTo(NONE);
  }

  @Test
  void onAnOverlayTheFirstPageProvesTheFile() throws Exception {
    memory.bytes(START, "contents".repeat(512).getBytes());
    assertThat(content(mapping("00:2f", 4711))).isEqualTo(Files.readString(library));
    memory.u8(START + 100, 'X');
    assertThat(content(mapping("00:2f", 4711))).isEqualTo(NONE);
  }

  @Test
  void aPipeInTheLibrarysPlaceIsNotWaitedFor() throws Exception {
    Mapping mapped = theSame();
    Files.delete(library);
    Pipes.make(library);
    assertThat(content(mapped)).isEqualTo(NONE);
  }

  @Test
  void aLinkOfTheTargetDoesNotLeadOutOfItsRoot() throws Exception {
    Path host = Files.createDirectories(proc.resolve("host/lib"));
    Path outside = Files.writeString(host.resolve("some.so"), "contents".repeat(1000));
    memory.bytes(START, "contents".repeat(512).getBytes());
    Files.delete(library);
    Files.createSymbolicLink(library, outside);
    assertThat(content(same(outside))).as("the file itself a link").isEqualTo(NONE);
    Files.delete(library);
    Files.delete(library.getParent());
    Files.createSymbolicLink(library.getParent(), host);
    assertThat(content(same(outside))).as("its folder a link").isEqualTo(NONE);
    Files.delete(library.getParent());
    Files.createSymbolicLink(library.getParent(), Path.of("/usr/lib"));
    Files.createDirectories(proc.resolve("root/usr/lib"));
    Files.writeString(proc.resolve("root/usr/lib/some.so"), "contents".repeat(1000));
    assertThat(content(mapping("00:2f", 4711))).as("as the target follows it").startsWith("contents");
  }

  @Test
  void anonymousMemoryHasNoFile() throws Exception {
    assertThat(content(Mappings.anonymous(START, 4096))).isEqualTo(NONE);
  }
}
