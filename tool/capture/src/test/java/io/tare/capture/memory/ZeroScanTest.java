package io.tare.capture.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.ParseLimits;
import io.tare.formats.proc.SmapsText;
import io.tare.model.AddressRange;
import io.tare.model.alloc.ZeroPages;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZeroScanTest {
  private static final long START = 0x10_0000;
  private static final int PAGE = 4096;

  private static Smaps smaps(String head, long kilobytes) throws Exception {
    return SmapsText.parse("smaps", head + " 00000000 00:00 0 \nRss: " + kilobytes + " kB\n", ParseLimits.DEFAULT)
        .value();
  }

  /** A mapping of 16 MB of which so many pages from the start are present, the first ones with content. */
  private static List<ZeroPages> scan(int present, int filled) throws Exception {
    FakeMemory memory = new FakeMemory();
    for (int page = 0; page < present; page++) {
      memory.bytes(START + (long) page * PAGE, new byte[] {0});
      if (page < filled) {
        memory.bytes(START + (long) page * PAGE + PAGE - 1, new byte[] {7});
      }
    }
    AddressRange range = new AddressRange(START, START + (64L << 20));
    ResidentPages pages = new ResidentPages(List.of(range), new long[] {START},
        new long[] {START + (long) present * PAGE});
    return ZeroScan.scan(memory, smaps("100000-4100000 rw-p", present * 4L), pages);
  }

  @Test
  void everyPresentPageIsReadAndThoseWithoutContentCount() throws Exception {
    assertThat(scan(2048, 700)).containsExactly(
        new ZeroPages(new AddressRange(START, START + (64L << 20)), PAGE, 2048, 2048, 1348));
  }

  @Test
  void ofALargeMappingAnEvenSampleIsRead() throws Exception {
    ZeroPages sample = scan(16_384, 4096).getFirst();
    assertThat(sample.presentPages()).isEqualTo(16_384);
    assertThat(sample.readPages()).isEqualTo(8192);
    assertThat(sample.zeroPages()).isEqualTo(6144);
  }

  @Test
  void smallSharedReadOnlyAndFileMappingsAreLeftAlone() throws Exception {
    ResidentPages pages = new ResidentPages(List.of(new AddressRange(START, START + (64L << 20))), new long[] {START},
        new long[] {START + PAGE});
    for (String head : List.of("100000-4100000 rw-s", "100000-4100000 r--p", "100000-4100000 rw-p")) {
      assertThat(ZeroScan.scan(new FakeMemory(), smaps(head, head.contains("rw-p") ? 4095 : 9000), pages)).isEmpty();
    }
    Smaps file = SmapsText.parse("smaps", "100000-4100000 rw-p 00000000 08:01 7 /data/x\nRss: 9000 kB\n",
        ParseLimits.DEFAULT).value();
    assertThat(ZeroScan.scan(new FakeMemory(), file, pages)).isEmpty();
  }
}
