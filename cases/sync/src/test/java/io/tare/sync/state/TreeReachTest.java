package io.tare.sync.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.sync.bench.SyntheticFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeReachTest {
  @TempDir
  Path directory;
  private byte[] whole;

  @BeforeEach
  void make() throws IOException {
    Path file = directory.resolve("whole.state");
    try (StateCache cache = StateCache.open(file, new StateOptions(1L << 30, Durability.EVERY_PHASE))) {
      SyntheticFiles.fill(cache, 3000);
      cache.write(transaction -> {
        transaction.put(SyntheticFiles.file(1));
        transaction.put(new FileEntry("long/".repeat(800), SyntheticFiles.file(2).facts(), FileState.NEW));
        return true;
      });
    }
    whole = Files.readAllBytes(file);
  }

  @Test
  void aWholeFileIsAllThere() throws IOException {
    assertThat(isAllThere(whole)).isTrue();
  }

  @Test
  void pagesBehindTheLastThatIsUsedMayBeMissing() throws IOException {
    assertThat(isAllThere(Arrays.copyOf(whole, whole.length + 40_000))).isTrue();
  }

  @Test
  void aPageThatIsCutOffOrHoldsSomethingElseIsNoticed() throws IOException {
    assertThat(isAllThere(Arrays.copyOf(whole, whole.length / 2))).isFalse();
    byte[] overwritten = whole.clone();
    int inTheMiddle = whole.length / 2 / 4096 * 4096;
    Arrays.fill(overwritten, inTheMiddle, inTheMiddle + 4096, (byte) 0);
    assertThat(isAllThere(overwritten)).isFalse();
  }

  private boolean isAllThere(byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve("looked-at.state"), bytes);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return TreeReach.isAllThere(channel, StateFileHeader.parse(ByteBuffer.wrap(bytes)).orElseThrow());
    }
  }
}
