package io.tare.formats.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.jvm.PerfData;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerfDataBytesTest {
  private static Parsed<PerfData> parse(byte[] bytes) throws NotThisFormat {
    return PerfDataBytes.parse("hsperfdata", bytes, ParseLimits.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openjdk-17.0.15-serial", "openjdk-17.0.15-zgc", "temurin-25.0.3-g1",
      "temurin-25.0.3-shenandoah"})
  void everyCounterOfARealFileIsRead(String scenario) throws NotThisFormat {
    byte[] bytes = Fixtures.bytes(scenario + "/hsperfdata");
    Parsed<PerfData> parsed = parse(bytes);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.value().counters()).hasSize((bytes[28] & 0xff) + 256 * bytes[29]);
    assertThat(parsed.value().string("sun.rt.javaCommand")).hasValue("Workload");
    assertThat(parsed.value().number("sun.os.hrt.frequency")).hasValue(1_000_000_000);
  }

  @Test
  void numbersAndStringsAreTold() throws NotThisFormat {
    PerfData data = parse(Fixtures.bytes("temurin-25.0.3-g1/hsperfdata")).value();
    assertThat(data.string("java.property.java.vm.version")).hasValue("25.0.3+9-LTS");
    assertThat(data.number("sun.gc.generation.1.maxCapacity")).hasValue(64 << 20);
    assertThat(data.number("java.property.java.vm.version")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothByteOrdersAreRead(boolean bigEndian) throws NotThisFormat {
    byte[] bytes = new PerfDataBuilder(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
        .number("a.b", 0x1122334455667788L)
        .string("c", "Grüße").bytes();
    assertThat(parse(bytes).value().counters()).containsOnly(
        Map.entry("a.b", 0x1122334455667788L), Map.entry("c", "Grüße"));
  }

  @Test
  void anEntryThatLeadsBackToItselfEndsTheReading() throws NotThisFormat {
    byte[] bytes = new PerfDataBuilder(ByteOrder.LITTLE_ENDIAN).number("a", 1).number("b", 2).bytes();
    for (int length : new int[] {0, -32, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      byte[] cyclic = bytes.clone();
      PerfDataBuilder.putInt(cyclic, PerfDataBuilder.HEAD_BYTES, length);
      Parsed<PerfData> parsed = parse(cyclic);
      assertThat(parsed.value().counters()).isEmpty();
      assertThat(parsed.problems()).singleElement().extracting("message").asString().contains("absurd length");
    }
  }

  @Test
  void aTruncatedFileKeepsTheEntriesBeforeTheCut() throws NotThisFormat {
    byte[] bytes = Fixtures.bytes("temurin-25.0.3-g1/hsperfdata");
    int whole = parse(bytes).value().counters().size();
    for (int length = 32; length < bytes.length; length += 97) {
      Parsed<PerfData> parsed = parse(Arrays.copyOf(bytes, length));
      assertThat(parsed.problems()).isNotEmpty();
      assertThat(parsed.value().counters()).hasSizeLessThan(whole);
    }
  }

  @Test
  void otherFilesAreRefused() {
    assertThatThrownBy(() -> parse(new byte[100])).isInstanceOf(NotThisFormat.class);
    assertThatThrownBy(() -> parse(new byte[] {(byte) 0xca, (byte) 0xfe})).isInstanceOf(NotThisFormat.class);
    byte[] newer = Fixtures.bytes("temurin-25.0.3-g1/hsperfdata");
    newer[5] = 3;
    assertThatThrownBy(() -> parse(newer)).isInstanceOf(NotThisFormat.class).hasMessageContaining("version 3");
  }

  @Test
  void aFileThatIsStillBeingSetUpIsReadWithAWarning() throws NotThisFormat {
    byte[] bytes = Fixtures.bytes("temurin-25.0.3-g1/hsperfdata");
    bytes[7] = 0;
    assertThat(parse(bytes).problems()).hasSize(1);
  }

  @Test
  void damagedInputIsSurvived() {
    Hostile.damage((content, limits) -> PerfDataBytes.parse("hsperfdata", content, limits),
        Fixtures.contents("hsperfdata"));
  }
}
