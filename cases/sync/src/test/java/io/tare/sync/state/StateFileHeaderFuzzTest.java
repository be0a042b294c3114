package io.tare.sync.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Any bytes are a state file that can be looked at, or none: no loop, no exception, no memory. */
class StateFileHeaderFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void anyBytesAreAStateFileOrNone(byte[] bytes) throws IOException {
    Optional<StateFileHeader> header = StateFileHeader.parse(ByteBuffer.wrap(bytes));
    if (header.isPresent()) {
      assertThat(header.get().pageBytes()).isBetween(512, 1 << 16);
      assertThat(header.get().neededBytes()).isPositive();
      Path file = Files.write(Files.createTempFile("fuzz", ".state"), bytes);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        TreeReach.isAllThere(channel, header.get());
      } finally {
        Files.delete(file);
      }
    }
  }
}
