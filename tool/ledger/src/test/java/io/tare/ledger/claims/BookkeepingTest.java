package io.tare.ledger.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.AddressRange;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookkeepingTest {
  private static final Owner CODE = new Owner(Account.CODE_CACHE, "", Confidence.MEASURED, "test");

  @Test
  void aMappingIsCutWhereItsOwnerChanges() {
    Smaps smaps = new Smaps(List.of(mapping(0x10000, 0x14000, 0x4000)));
    List<Piece> pieces = Bookkeeping.cut(smaps, ResidentPages.NONE, claimed(0x11000, 0x12000));
    assertThat(pieces).extracting(p -> p.range().toString()).containsExactly("10000-11000", "11000-12000",
        "12000-14000");
  }

  @Test
  void presentPagesGiveTheProportionAndSmapsTheSum() {
    Smaps smaps = new Smaps(List.of(mapping(0x10000, 0x14000, 0x2000)));
    ResidentPages pages = pages(new AddressRange(0x10000, 0x14000), new AddressRange(0x11000, 0x13000));
    List<Piece> pieces = Bookkeeping.cut(smaps, pages, claimed(0x10000, 0x12000));
    assertThat(pieces).extracting(Piece::residentBytes).containsExactly(0x1000L, 0x1000L);
  }

  @Test
  void zeroPagesThatPagemapCountsAreScaledAway() {
    Smaps smaps = new Smaps(List.of(mapping(0x10000, 0x14000, 0x2000)));
    AddressRange whole = new AddressRange(0x10000, 0x14000);
    List<Piece> pieces = Bookkeeping.cut(smaps, pages(whole, whole), claimed(0x10000, 0x12000));
    assertThat(pieces.stream().mapToLong(Piece::residentBytes).sum()).isEqualTo(0x2000);
  }

  @Test
  void aMappingWithoutResidentBytesHasNoPieces() {
    assertThat(
        Bookkeeping.cut(new Smaps(List.of(mapping(0x10000, 0x14000, 0))), ResidentPages.NONE, claimed(0, 0x20000)))
        .isEmpty();
  }

  @Test
  void aClaimOverTwoMappingsOwnsItsPartOfEach() {
    Smaps smaps = new Smaps(List.of(mapping(0x10000, 0x12000, 0x2000), mapping(0x12000, 0x14000, 0x2000)));
    List<Piece> pieces = Bookkeeping.cut(smaps, ResidentPages.NONE, claimed(0x11000, 0x13000));
    assertThat(pieces.stream().filter(p -> p.owner().isPresent()).mapToLong(Piece::residentBytes).sum())
        .isEqualTo(0x2000);
    assertThat(pieces.stream().mapToLong(Piece::residentBytes).sum()).isEqualTo(0x4000);
  }

  private static OwnerMap claimed(long start, long end) {
    return OwnerMap.of(List.of(new Claim(new AddressRange(start, end), CODE, Claim.RANGE)));
  }

  private static ResidentPages pages(AddressRange surveyed, AddressRange run) {
    return new ResidentPages(List.of(surveyed), new long[] {run.start()}, new long[] {run.end()});
  }

  private static Mapping mapping(long start, long end, long rss) {
    MappingBytes bytes = new MappingBytes(rss, rss, 0, 0, 0, rss, rss, 0, 0, 0, 0, 0);
    return new Mapping(new AddressRange(start, end), "rw-p", 0, "00:00", 0, "", bytes, "rd wr mr mw me ac");
  }
}
