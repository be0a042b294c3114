package io.tare.formats.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The readers for every second agree with those that read everything. */
class QuickNumbersTest {
  private static final List<String> KEYS = List.of("VmRSS", "VmSwap", "Threads", "Missing");

  private static long[] numbers(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long[] found = new long[KEYS.size()];
    new LabelledNumbers(KEYS).read(bytes, bytes.length, found, 0);
    return found;
  }

  @Test
  void statusIsReadAsTheParserReadsIt() throws NotThisFormat {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String text = "Name:\tx VmRSS: 5 kB\nVmRSSX:\t1 kB\nVmRSS:\t   " + random.nextInt(1 << 30) + " kB\nThreads:\t"
          + random.nextInt(1000) + "\n";
      var status = StatusText.parse("status", text, ParseLimits.DEFAULT).value();
      assertThat(numbers(text)).as("seed %d", seed).containsExactly(status.rssBytes().orElseThrow(),
          LabelledNumbers.UNKNOWN, status.number("Threads").orElseThrow(), LabelledNumbers.UNKNOWN);
    }
  }

  @Test
  void memoryStatHasNoColonsAndNoUnits() {
    byte[] text = "anon 1\nfile 4096\ninactive_file 77\n".getBytes(StandardCharsets.US_ASCII);
    long[] found = new long[2];
    new LabelledNumbers(List.of("file", "inactive_file")).read(text, text.length, found, 0);
    assertThat(found).containsExactly(4096, 77);
  }

  @Test
  void whatIsNoNumberIsUnknownNotZero() {
    assertThat(numbers("VmRSS:\t kB\nThreads:\t99999999999999999999999\nVmSwap")).containsOnly(LabelledNumbers.UNKNOWN);
    assertThat(numbers("")).containsOnly(LabelledNumbers.UNKNOWN);
  }

  @Test
  void statIsReadAsTheParserReadsItWhateverTheName() throws NotThisFormat {
    String line = "11063 (a) b\n) S 11060 9505 3192 0 -1 4194304 13761 0 3 0 12 13 0 0 20 0 22 0 121011 2725023744 14858 9\n";
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    long[] fields = new long[StatNumbers.FIELDS];
    assertThat(StatNumbers.read(bytes, bytes.length, fields)).isEqualTo(23);
    assertThat(fields[StatNumbers.START_TICKS])
        .isEqualTo(StatText.parse("stat", line, ParseLimits.DEFAULT).value().startTicks());
    assertThat(fields[StatNumbers.USER_TICKS] + fields[StatNumbers.SYSTEM_TICKS]).isEqualTo(25);
    assertThat((char) fields[StatNumbers.STATE]).isEqualTo('S');
    for (int cut = 0; cut < bytes.length; cut++) {
      assertThat(StatNumbers.read(bytes, cut, fields)).isLessThanOrEqualTo(23);
    }
  }
}
