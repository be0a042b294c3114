package io.tare.ledger.owners;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.AddressRange;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PieceTest {
  private static final Owner CODE = Owner.of(Account.CODE_CACHE, Confidence.MEASURED, "test");

  @Test
  void aMappingIsCutWhereItsOwnerChanges() {
    Smaps smaps = new Smaps(List.of(mapping(0x10000, 0x14000, 0x4000)));
    List<Piece> pieces = Piece.cut(smaps, ResidentPages.NONE, claimed(0x11000, 0x12000));
    assertThat(pieces).extracting(p -> p.range().toString()).containsExactly("10000-11000", "11000-12000",
        "12000-14000");
  }

  @Test
  void presentPagesGiveTheProportionAndSmapsTheSum() {
    Smaps smaps = new Smaps(List.of(mapping(0x10000, 0x14000, 0x2000)));
    ResidentPages pages = pages(new AddressRange(0x10000, 0x14000), new AddressRange(0x11000, 0x13000));
    List<Piece> pieces = Piece.cut(smaps, pages, claimed(0x10000, 0x12000));
    assertThat(pieces).extracting(Piece::residentBytes).containsExactly(0x1000L, 0x1000L);
  }

  @Test
  void zeroPagesThatPagemapCountsAreScaledAway() {
    Smaps smaps = new Smaps(List.of(mapping(0x10000, 0x14000, 0x2000)));
    AddressRange whole = new AddressRange(0x10000, 0x14000);
    List<Piece> pieces = Piece.cut(smaps, pages(whole, whole), claimed(0x10000, 0x12000));
    assertThat(pieces.stream().mapToLong(Piece::residentBytes).sum()).isEqualTo(0x2000);
  }

  @Test
  void aMappingWithoutResidentBytesHasNoPieces() {
    assertThat(
        Piece.cut(new Smaps(List.of(mapping(0x10000, 0x14000, 0))), ResidentPages.NONE, claimed(0, 0x20000)))
        .isEmpty();
  }

  @Test
  void aClaimOverTwoMappingsOwnsItsPartOfEach() {
    Smaps smaps = new Smaps(List.of(mapping(0x10000, 0x12000, 0x2000), mapping(0x12000, 0x14000, 0x2000)));
    List<Piece> pieces = Piece.cut(smaps, ResidentPages.NONE, claimed(0x11000, 0x13000));
    assertThat(pieces.stream().filter(p -> p.owner().isPresent()).mapToLong(Piece::residentBytes).sum())
        .isEqualTo(0x2000);
    assertThat(pieces.stream().mapToLong(Piece::residentBytes).sum()).isEqualTo(0x4000);
  }

  private static OwnerMap claimed(long start, long end) {
    return OwnerMap.of(List.of(new Claim(new AddressRange(start, end), CODE, Claim.Strength.RANGE)));
  }

  private static ResidentPages pages(AddressRange surveyed, AddressRange run) {
    return new ResidentPages(List.of(surveyed), new long[] {run.start()}, new long[] {run.end()});
  }

  private static Mapping mapping(long start, long end, long rss) {
    MappingBytes bytes = new MappingBytes(rss, rss, 0, 0, 0, rss, rss, 0, 0, 0, 0, 0, 0);
    return new Mapping(new AddressRange(start, end), "rw-p", 0, "00:00", 0, "", bytes, "rd wr mr mw me ac");
  }

  // shares of a whole

  @Test
  void whatAlreadyFitsStaysAsItIs() {
    assertThat(Piece.shares(30, 10, 20)).containsExactly(10, 20);
  }

  @Test
  void withoutAnyWeightTheFirstTakesAll() {
    assertThat(Piece.shares(30, 0, 0)).containsExactly(30, 0);
  }

  @Test
  void whatRoundingLeavesGoesToTheHeaviest() {
    assertThat(Piece.shares(10, 1, 2)).containsExactly(3, 7);
  }

  @Test
  void nothingIsLostAndNothingMade() {
    for (long seed = 1; seed <= 1000; seed++) {
      Random random = new Random(seed);
      long[] weights = random.longs(1 + random.nextInt(6), 0, 1L << (1 + random.nextInt(50))).toArray();
      long whole = random.nextLong(1L << 44);
      long[] shares = Piece.shares(whole, weights);
      assertThat(Arrays.stream(shares).sum()).as("seed %d", seed).isEqualTo(whole);
      assertThat(Arrays.stream(shares).min().orElseThrow()).as("seed %d", seed).isNotNegative();
    }
  }

  @Test
  void changedBytesAreSharedOutToTheByteAndNeverMoreThanIsResident() {
    assertThat(Piece.changed(40, 32, 32, 64)).containsExactly(10, 10, 20);
    for (long seed = 1; seed <= 1000; seed++) {
      Random random = new Random(seed);
      long[] resident = random.longs(1 + random.nextInt(6), 1, 1L << (1 + random.nextInt(40))).toArray();
      long whole = random.nextLong(Arrays.stream(resident).sum() + 1);
      long[] changed = Piece.changed(whole, resident);
      assertThat(Arrays.stream(changed).sum()).as("seed %d", seed).isEqualTo(whole);
      for (int i = 0; i < resident.length; i++) {
        assertThat(changed[i]).as("seed %d", seed).isBetween(0L, resident[i]);
      }
    }
  }
}
