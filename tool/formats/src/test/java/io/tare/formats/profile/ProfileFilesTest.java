package io.tare.formats.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ProfileFilesTest {
  private static final Frame MAIN = new Frame("main.main", "/src/main.go", 300);
  private static final Frame LOAD = new Frame("main.load", "/src/load.go", 17);
  private static final Profile PROFILE = new Profile(
      List.of(new ValueType("inuse_objects", "count"), new ValueType("inuse_space", "bytes")),
      List.of(new Sample(List.of(LOAD, MAIN), List.of(3L, 1L << 40)), new Sample(List.of(MAIN), List.of(0L, -7L))));

  @Test
  void whatIsWrittenForPprofIsReadAgain() throws NotThisFormat {
    assertThat(PprofBytes.parse("x", PprofWriter.write(PROFILE), ParseLimits.DEFAULT).value()).isEqualTo(PROFILE);
  }

  /** It returns, or says that it is none: whatever the bytes. */
  @Test
  void brokenBytesAreRefusedAndNothingElse() throws IOException {
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(PprofWriter.write(PROFILE))).readAllBytes();
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = plain.clone();
      for (int n = 0; n <= i % 3; n++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      try {
        PprofBytes.parse("x", broken, ParseLimits.DEFAULT);
      } catch (NotThisFormat said) {
        refused++;
      }
    }
    assertThat(refused).as("seed 7").isBetween(1_000, 19_999);
  }

  @Test
  void entriesOfAnyLengthAreReadWhereverTheyBegin() throws NotThisFormat {
    Random random = new Random(11);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      Frame frame = new Frame("f" + "x".repeat(i == 77 ? 200_000 : random.nextInt(90)), "/src/a.go", i);
      samples.add(new Sample(Collections.nCopies(1 + i % 40, frame), List.of(i + 1L, -random.nextLong(1L << 50))));
    }
    Profile large = new Profile(PROFILE.types(), samples);
    assertThat(PprofBytes.parse("x", PprofWriter.write(large), ParseLimits.DEFAULT).value()).isEqualTo(large);
  }

  @Test
  void anEntryThatClaimsMoreThanThereIsIsRefused() {
    byte[] claim = {0x32, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0xc0, 0x01, 'a'};
    assertThatThrownBy(() -> PprofBytes.parse("x", claim, ParseLimits.DEFAULT)).isInstanceOf(NotThisFormat.class)
        .hasMessage("x is no pprof profile, or torn, at byte 0");
  }

  @Test
  void aStackWithMoreValuesThanThereAreTypesIsRefused() {
    // Two texts; one type; a stack with two values.
    byte[] content = {0x0a, 0x04, 0x08, 0x01, 0x10, 0x01, 0x32, 0x00, 0x32, 0x01, 'a', 0x12, 0x04, 0x12, 0x02, 0x01,
        0x02};
    assertThatThrownBy(() -> PprofBytes.parse("x", content, ParseLimits.DEFAULT)).isInstanceOf(NotThisFormat.class)
        .hasMessage("x has a stack with 2 values for 1 types");
  }

  @Test
  void aTornProfileIsRefused() {
    byte[] whole = PprofWriter.write(PROFILE);
    assertThatThrownBy(
        () -> PprofBytes.parse("x", java.util.Arrays.copyOf(whole, whole.length / 2), ParseLimits.DEFAULT))
        .isInstanceOf(NotThisFormat.class).hasMessage("x is a torn gzip file");
  }

  @Test
  void collapsedStacksBeginWithTheOutermostFunction() throws NotThisFormat {
    String text = CollapsedText.write(PROFILE, 1);
    assertThat(text).isEqualTo("main.main;main.load 1099511627776\nmain.main -7\n");
    Parsed<Profile> read = CollapsedText.parse("x", text + "nonsense\n", ParseLimits.DEFAULT);
    assertThat(read.value().samples()).first()
        .isEqualTo(
            new Sample(List.of(new Frame("main.load", "", 0), new Frame("main.main", "", 0)), List.of(1L << 40)));
    assertThat(read.problems()).singleElement().asString().contains("line 3");
  }
}
