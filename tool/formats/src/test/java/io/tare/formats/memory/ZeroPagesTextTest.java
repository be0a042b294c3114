package io.tare.formats.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.ParseLimits;
import io.tare.model.AddressRange;
import io.tare.model.alloc.ZeroPages;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZeroPagesTextTest {
  private static final AddressRange RANGE = new AddressRange(0x100000, 0x300000);

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    List<ZeroPages> mappings = List.of(new ZeroPages(RANGE, 4096, 512, 256, 100));
    assertThat(ZeroPagesText.parse(ZeroPagesText.write(mappings), ParseLimits.DEFAULT).value()).isEqualTo(mappings);
  }

  @Test
  void countsThatContradictEachOtherAreNoReading() throws Exception {
    String text = """
        zero-pages mappings=4
        mapping start=1000 end=2000 page=4096 present=1 read=2 zero=0
        mapping start=1000 end=2000 page=4096 present=2 read=1 zero=2
        mapping start=1000 end=2000 page=0 present=1 read=1 zero=1
        mapping start=1000 end=2000 page=4096 present=1 read=1 zero=-1
        """;
    assertThat(ZeroPagesText.parse(text, ParseLimits.DEFAULT).value()).isEmpty();
  }

  @Test
  void aSampleStandsForAllAndSaysHowFarOffItMayBe() {
    ZeroPages sample = new ZeroPages(RANGE, 4096, 400, 100, 25);
    assertThat(sample.residentZeroBytes(400 * 4096)).isEqualTo(100 * 4096);
    assertThat(sample.errorBytes()).as("2 * sqrt(0.25 * 0.75 / 100) of 400 pages").isEqualTo(141_890);
    ZeroPages whole = new ZeroPages(RANGE, 4096, 400, 400, 100);
    assertThat(whole.residentZeroBytes(400 * 4096)).isEqualTo(100 * 4096);
    assertThat(whole.errorBytes()).isZero();
  }

  @Test
  void theKernelsSharedZeroPageIsPresentAndNotResident() {
    ZeroPages read = new ZeroPages(RANGE, 4096, 400, 400, 100);
    assertThat(read.residentZeroBytes(340 * 4096)).isEqualTo(40 * 4096);
    assertThat(read.residentZeroBytes(100 * 4096)).isZero();
  }
}
