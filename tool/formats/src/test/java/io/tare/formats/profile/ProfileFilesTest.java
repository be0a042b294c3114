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
