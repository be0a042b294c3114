package io.tare.probe.leftovers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

class ClassHistogramTest {
  /** A class that only this test has objects of. */
  private static final class Unusual {
    long a;
    long b;
  }

  @Test
  void livingObjectsAreCountedAndGarbageIsNot() {
    Unusual[] kept = new Unusual[123];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = new Unusual();
    }
    ClassCount count = ClassHistogram.afterGc().of(Unusual.class.getName());
    assertThat(count).isEqualTo(new ClassCount(123, 123 * GraphLayout.parseInstance(kept[0]).totalSize()));
    kept = new Unusual[0];
    assertThat(ClassHistogram.afterGc().of(Unusual.class.getName())).isEqualTo(ClassCount.NONE);
    assertThat(kept).isEmpty();
  }

  @Test
  void theHistogramsOfJdk17And25AreRead() throws IOException {
    for (String producer : new String[] {"jdk-17.0.15-class-histogram", "jdk-25.0.3-class-histogram"}) {
      ClassHistogram histogram = ClassHistogram.parse(fixture(producer)).orElseThrow();
      assertThat(histogram.of("byte[]").objects()).as(producer).isGreaterThan(1000);
      assertThat(histogram.of("java.lang.String[]").objects()).as(producer).isPositive();
      assertThat(histogram.byClass().values().stream().mapToLong(ClassCount::bytes).sum()).as(producer)
          .isEqualTo(histogram.total().bytes());
      assertThat(histogram.byClass().values().stream().mapToLong(ClassCount::objects).sum())
          .isEqualTo(histogram.total().objects());
    }
  }

  @Test
  void aTextWithoutATotalIsNoHistogram() {
    assertThat(ClassHistogram.parse("java.lang.IllegalArgumentException: unknown command")).isEmpty();
  }

  @Test
  void classLoadersAreCountedByClass() {
    assertThat(ClassLoaders.parse(
        """
            ClassLoader         Parent              CLD*               Classes   ChunkSz   BlockSz  Type
            0x00007fc56b07af08  0x00007fc56b07d1e8  0x00007fc5d813a4b0    1449   1013376   1010539  jdk.internal.loader.ClassLoaders$AppClassLoader
            0x00007fc56b0094e8  0x0000000000000000  0x00007fc5d85826d0       1       512       429  jdk.internal.reflect.DelegatingClassLoader
            0x0000000000000000  0x0000000000000000  0x00007fc5d80fff80    1737    606208    542137  <boot class loader>
                                                                            82     32256     20868   + hidden classes
            Total = 5                                                     3363   1690368   1610446
            """))
        .containsOnlyKeys("jdk.internal.loader.ClassLoaders$AppClassLoader");
    assertThat(ClassLoaders.byClass()).containsKey("jdk.internal.loader.ClassLoaders$AppClassLoader");
  }

  private static String fixture(String name) throws IOException {
    try (InputStream input = Objects
        .requireNonNull(ClassHistogramTest.class.getResourceAsStream("/fixtures/" + name + "/input"))) {
      return new String(input.readAllBytes());
    }
  }
}
