package io.tare.formats.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.AddressRange;
import io.tare.model.proc.ResidentPages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PageRunsBytesTest {
  private static Parsed<ResidentPages> parse(byte[] bytes) throws NotThisFormat {
    return PageRunsBytes.parse("pages", bytes, ParseLimits.DEFAULT);
  }

  private static ResidentPages random(Random random, int ranges) {
    List<AddressRange> surveyed = new ArrayList<>();
    List<AddressRange> runs = new ArrayList<>();
    long at = 0x7f0000000000L;
    for (int i = 0; i < ranges; i++) {
      long start = at + 4096L * random.nextInt(100_000);
      long page = start;
      for (int run = random.nextInt(20); run > 0; run--) {
        long from = page + 4096L * random.nextInt(9);
        page = from + 4096L * (1 + random.nextInt(500));
        runs.add(new AddressRange(from, page));
      }
      at = page + 4096L * (1 + random.nextInt(9));
      surveyed.add(new AddressRange(start, at));
    }
    List<AddressRange> merged = merged(runs);
    return new ResidentPages(surveyed, merged.stream().mapToLong(AddressRange::start).toArray(),
        merged.stream().mapToLong(AddressRange::end).toArray());
  }

  private static List<AddressRange> merged(List<AddressRange> runs) {
    List<AddressRange> merged = new ArrayList<>();
    for (AddressRange run : runs) {
      boolean touches = !merged.isEmpty() && merged.getLast().end() == run.start();
      merged.add(touches ? new AddressRange(merged.removeLast().start(), run.end()) : run);
    }
    return merged;
  }

  private static List<AddressRange> runs(ResidentPages pages) {
    List<AddressRange> runs = new ArrayList<>();
    for (int i = 0; i < pages.runs(); i++) {
      runs.add(pages.run(i));
    }
    return runs;
  }

  @Test
  void whatIsWrittenIsReadBack() throws NotThisFormat {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      ResidentPages pages = random(random, random.nextInt(30));
      Parsed<ResidentPages> parsed = parse(PageRunsBytes.encode(pages));
      assertThat(parsed.problems()).isEmpty();
      assertThat(parsed.value().surveyed()).isEqualTo(pages.surveyed());
      assertThat(runs(parsed.value())).isEqualTo(runs(pages));
    }
  }

  @Test
  void theFormatIsTheOneThatIsDocumented() {
    ResidentPages pages = new ResidentPages(List.of(new AddressRange(0, 0x8000)), new long[] {0x1000, 0x5000},
        new long[] {0x3000, 0x6000});
    assertThat(HexFormat.ofDelimiter(" ").formatHex(PageRunsBytes.encode(pages)))
        .isEqualTo(
            "54 50 52 01 0c 01 00 08 02 01 02 02 01");
  }

  @Test
  void aRunTakesFewBytes() {
    ResidentPages pages = random(new Random(5), 500);
    assertThat(PageRunsBytes.encode(pages)).hasSizeLessThan(4 * (pages.runs() + 2 * pages.surveyed().size()));
  }

  @Test
  void aCutSurveyNeverClaimsAbsentWhatWasNotRead() throws NotThisFormat {
    ResidentPages pages = random(new Random(7), 6);
    byte[] bytes = PageRunsBytes.encode(pages);
    for (int length = 5; length < bytes.length; length++) {
      Parsed<ResidentPages> parsed = parse(Arrays.copyOf(bytes, length));
      assertThat(parsed.problems()).hasSize(1);
      for (AddressRange surveyed : parsed.value().surveyed()) {
        assertThat(parsed.value().presentBytes(surveyed)).isEqualTo(pages.presentBytes(surveyed));
      }
    }
  }

  @Test
  void otherBytesAndOtherVersionsAreRefused() {
    byte[] bytes = PageRunsBytes.encode(ResidentPages.NONE);
    bytes[3] = 2;
    assertThatThrownBy(() -> parse(bytes)).isInstanceOf(NotThisFormat.class).hasMessageContaining("version 2");
    assertThatThrownBy(() -> parse(new byte[] {1, 2, 3})).isInstanceOf(NotThisFormat.class);
  }

  @Test
  void anAbsurdCountTakesNoMemory() throws NotThisFormat {
    byte[] bytes = HexFormat.of().parseHex("545052010cffffffffffffffff7f0001");
    assertThat(parse(bytes).problems()).hasSize(1);
    assertThat(parse(bytes).value().runs()).isZero();
  }

  @Test
  void damagedInputIsSurvived() {
    Hostile.damage((content, limits) -> PageRunsBytes.parse("pages", content, limits),
        List.of(PageRunsBytes.encode(random(new Random(3), 20)), PageRunsBytes.encode(random(new Random(4), 3))));
  }
}
