package io.tare.ledger.runtimes.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.ledger.owners.Books;
import io.tare.ledger.owners.Owner;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.NmtReport;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CountedNativeTest {
  private static final Owner BLOCKS = Owner.of(Account.MALLOC_MMAPPED, Confidence.MEASURED, "chunk headers");
  private static final Owner ARENA = Owner.arena(Account.MALLOC_USED, 0x7f00, Confidence.MEASURED, "arena");

  private static Jvm jvm(long reserved, OptionalLong other) {
    JvmLayout layout = new JvmLayout("test", Map.of("direct.reserved", Long.toString(reserved)), List.of(), List.of(),
        List.of());
    Optional<NmtReport> nmt = other.isEmpty()
        ? Optional.empty()
        : Optional.of(new NmtReport(0, 0, List.of(
            new NmtReport.Category("Class", 0, 0, OptionalLong.of(9_000), OptionalLong.empty()),
            new NmtReport.Category("Other", 0, 0, other, OptionalLong.empty()))));
    return new Jvm(List.of(layout), Optional.empty(), nmt, OptionalLong.empty(), OptionalLong.empty());
  }

  private static List<String> lines(Books books) {
    return books.entries().stream().map(CountedNativeTest::line).toList();
  }

  private static String line(Entry entry) {
    return entry.account().id() + " '" + entry.name() + "' " + entry.residentBytes();
  }

  @Test
  void directBuffersAreALineOfTheirOwnTakenFromTheLargeBlocksFirst() {
    Books books = CountedNative.apply(new Books(Map.of(BLOCKS, 300L, ARENA, 500L), 0), jvm(350, OptionalLong.empty()));
    assertThat(lines(books)).containsExactly("malloc.used '' 450", "malloc.mmapped 'direct buffers' 300",
        "malloc.used 'direct buffers' 50");
  }

  @Test
  void whatIsReservedButNotResidentIsInNoLine() {
    Books books = CountedNative.apply(new Books(Map.of(BLOCKS, 300L), 0), jvm(5_000, OptionalLong.empty()));
    assertThat(lines(books)).containsExactly("malloc.mmapped 'direct buffers' 300");
  }

  @Test
  void whatJavaTookAroundTheCountIsToldByNativeMemoryTracking() {
    Books books = CountedNative.apply(new Books(Map.of(BLOCKS, 300L, ARENA, 500L), 0), jvm(100, OptionalLong.of(340)));
    assertThat(lines(books)).containsExactly("malloc.used '' 460",
        "malloc.mmapped 'uncounted, by Java code' 200",
        "malloc.mmapped 'direct buffers' 100",
        "malloc.used 'uncounted, by Java code' 40");
  }

  @Test
  void withoutACountNothingIsNamed() {
    Books books = new Books(Map.of(BLOCKS, 300L), 0);
    assertThat(CountedNative.apply(books, Jvm.NONE)).isEqualTo(books);
  }
}
