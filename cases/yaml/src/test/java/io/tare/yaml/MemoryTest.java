package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tare.yaml.basis.Parts;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.ArenaGrowth;
import io.tare.yaml.basis.YamlOptions.Dedup;
import io.tare.yaml.basis.YamlOptions.Source;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a document needs outside of its text, by its own account, and what reading it allocates. */
class MemoryTest {
  @Test
  void eachKindOfFileStaysBelowItsShareOfItsOwnSize(@TempDir Path folder) throws IOException {
    Map<String, Double> shares = Map.of("a", 0.05, "b", 1.0, "c", 0.15, "e", 0.65, "f", 1.0);
    for (Map.Entry<String, Double> share : shares.entrySet()) {
      Path file = DifferentialTest.generated(folder, share.getKey());
      try (YamlDocument d = Yaml.load(file)) {
        assertThat(d.parts().anonymousBytes()).as(share.getKey())
            .isLessThanOrEqualTo((long) (share.getValue() * Files.size(file)));
      }
    }
  }

  @Test
  void eachStrategyTellsItsCapacityAndUse(@TempDir Path folder) throws IOException {
    Path file = DifferentialTest.generated(folder, "b");
    long bytes = Files.size(file);
    Parts chunks = parts(file, YamlOptions.DEFAULT);
    Parts exact = parts(file, YamlOptions.DEFAULT.with(ArenaGrowth.EXACT));
    Parts doubling = parts(file, YamlOptions.DEFAULT.with(ArenaGrowth.DOUBLING).with(Source.COPIED));
    Parts heap = parts(file, YamlOptions.DEFAULT.with(ArenaGrowth.HEAP));
    assertThat(chunks.tapeUsed()).isEqualTo(exact.tapeUsed()).isEqualTo(doubling.tapeUsed()).isEqualTo(heap.tapeUsed());
    assertThat(chunks.tapeCapacity() - chunks.tapeUsed()).isBetween(0L, 4095L);
    assertThat(exact.unusedBytes()).isLessThan(2 * 4096);
    assertThat(heap.unusedBytes()).isZero();
    assertThat(doubling.tapeCapacity()).isEqualTo(1 << 20);
    assertThat(doubling.anonymousBytes()).isEqualTo(bytes + doubling.tapeCapacity() + doubling.decodedCapacity());
    assertThat(chunks.anonymousBytes()).isEqualTo(chunks.tapeCapacity() + chunks.decodedCapacity());
  }

  @Test
  void dedupSharesEqualCollectionsAndSwitchesItselfOffWhereNothingRepeats(@TempDir Path folder) throws IOException {
    StringBuilder repeated = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      repeated.append("- {name: one of the same texts, size: [1, 2, 3]}\n");
    }
    Path same = Files.writeString(folder.resolve("same"), repeated);
    assertThat(parts(same, YamlOptions.DEFAULT).tapeUsed()).isEqualTo(20_000L * (8 + 8 + 16 + 32) + 8 + 24);
    assertThat(parts(same, YamlOptions.DEFAULT.with(Dedup.AUTO)).tapeUsed()).isEqualTo(20_000L * 8 + 8 + 24 + 24 + 32);
    Path unique = DifferentialTest.generated(folder, "b");
    long off = parts(unique, YamlOptions.DEFAULT).tapeUsed();
    long on = parts(unique, YamlOptions.DEFAULT.with(Dedup.ON)).tapeUsed();
    assertThat(on).isLessThan(off);
    assertThat(parts(unique, YamlOptions.DEFAULT.with(Dedup.AUTO)).tapeUsed()).isBetween(on + 1, off);
  }

  @Test
  void readingAllocatesNothing(@TempDir Path folder) throws IOException {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    try (YamlDocument d = Yaml.load(DifferentialTest.generated(folder, "b"))) {
      YamlCursor cursor = d.cursor();
      double sum = 0;
      long before = 0;
      for (int round = 0; round < 30; round++) {
        before = threads.getCurrentThreadAllocatedBytes();
        sum += visited(d, cursor);
      }
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
      assertThat(sum).isPositive();
    }
  }

  private static double visited(YamlDocument d, YamlCursor cursor) {
    double sum = 0;
    long root = d.rootWord(0);
    for (long i = 0; i < d.size(root); i++) {
      long record = d.get(root, i);
      sum += d.integer(d.get(record, "id")) + d.number(d.get(record, "price"));
      sum += d.isText(d.get(record, "city"), "oak") ? 1 : 0;
      sum += d.number(d.get(d.get(d.get(record, "address"), "geo"), "lat")) > 0 ? 1 : 0;
    }
    cursor.toRoot(0);
    for (boolean more = cursor.down(); more; more = cursor.next()) {
      sum += cursor.down("id") ? d.integer(cursor.word()) : 0;
      cursor.up();
    }
    return sum;
  }

  private static Parts parts(Path file, YamlOptions options) throws IOException {
    try (YamlDocument d = Yaml.load(file, options)) {
      return d.parts();
    }
  }
}
