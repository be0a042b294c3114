package io.tare.sync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.sync.source.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A destination on a file system of one megabyte. */
@Tag("slow")
class FullDiskTest {
  private static final int FILES = 40;
  private static final String CONTENT = "x".repeat(100_000);

  @TempDir
  Path directory;

  @Test
  void aFullDestinationStopsTheRunAtOnceAndIsLeftCleanAndTheNextRunFinishes() throws Exception {
    Mirror mirror = Mirror.in(directory);
    for (int i = 0; i < FILES; i++) {
      mirror.write("file-" + i, i + CONTENT);
    }
    Files.createDirectories(mirror.destination());
    assumeTrue(did("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mirror.destination().toString()),
        "a small file system can be mounted by root only; that a full destination is told from a failed file is not checked");
    try {
      long begin = System.nanoTime();
      assertThatThrownBy(() -> mirror.run(Scope.USUAL, Deletes.NONE)).isInstanceOf(Unavailable.class)
          .hasMessageContaining("has no more room; make some and run again");
      assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(20));
      Map<String, String> there = Mirror.tree(mirror.destination());
      assertThat(there).hasSizeBetween(8, 10);
      assertThat(Mirror.tree(mirror.source())).containsAllEntriesOf(there);
      assertThat(did("mount", "-o", "remount,size=16m", mirror.destination().toString())).isTrue();
      TransferCount rest = mirror.run(Scope.USUAL, Deletes.NONE).transfer().orElseThrow();
      assertThat(rest.arrived() + rest.foundThere()).isEqualTo(FILES - there.size());
      assertThat(Mirror.tree(mirror.destination())).isEqualTo(Mirror.tree(mirror.source()));
    } finally {
      assertThat(did("umount", mirror.destination().toString())).isTrue();
    }
  }

  private static boolean did(String... words) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      return process.waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }
}
