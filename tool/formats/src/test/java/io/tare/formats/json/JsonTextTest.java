package io.tare.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.fixtures.Hostile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  static final String MANIFEST = """
      {"schema": "tare.capture/1", "pid": 4711, "share": 0.25, "asked": [], "redacted": true, "note": null,
       "artifacts": [{"name": "proc/smaps", "micros": 20400}, {"name": "a\\u00e9\\n\\"\\\\", "micros": -1e3}]}
      """;

  private static Object parse(String text) throws NotThisFormat {
    return JsonText.parse("manifest", text, ParseLimits.DEFAULT).value();
  }

  @Test
  void everySortOfValueIsRead() throws NotThisFormat {
    assertThat(parse(MANIFEST)).isEqualTo(Map.of("schema", "tare.capture/1", "pid", 4711L, "share", 0.25, "asked", List
        .of(), "redacted", true, "note",
        JsonNull.NULL, "artifacts", List.of(Map.of("name", "proc/smaps", "micros", 20400L), Map.of("name", "aé\n\"\\",
            "micros", -1000.0))));
  }

  @Test
  void namesKeepTheirOrder() throws NotThisFormat {
    assertThat((Map<?, ?>) parse("{\"z\":1,\"a\":2,\"m\":3}")).extracting(Map::keySet).asString()
        .isEqualTo("[z, a, m]");
  }

  @Test
  void wholeNumbersAreLongsAsFarAsTheyFit() throws NotThisFormat {
    assertThat(parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(parse("9223372036854775808")).isEqualTo(0x1p63);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "01", "1.", ".5", "+1", "1e999",
      "NaN",
      "tru", "'a'", "\"a", "\"\\x\"", "\"\\u12g4\"", "\"\t\"", "[1] 2", "{\"a\":1,\"a\":2}", "//c\n1", "\u00a01"})
  void whatTheStandardForbidsIsRefused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(NotThisFormat.class).hasMessageContaining("manifest");
  }

  @Test
  void depthAndSizeAreLimited() throws NotThisFormat {
    assertThat(parse("[".repeat(200) + "]".repeat(200))).isInstanceOf(List.class);
    assertThatThrownBy(() -> parse("[".repeat(100_000))).isInstanceOf(NotThisFormat.class);
    assertThatThrownBy(() -> JsonText.parse("x", "[1,2,3]", new ParseLimits(3, 10, 1))).isInstanceOf(
        NotThisFormat.class);
  }

  @Test
  void everyCutDocumentIsRefused() {
    String text = MANIFEST.strip();
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      assertThatThrownBy(() -> parse(cut)).isInstanceOf(NotThisFormat.class);
    }
  }

  @Test
  void damagedInputIsSurvived() {
    Hostile.damage(Hostile.ofText((text, limits) -> JsonText.parse("manifest", text, limits)), List.of(
        MANIFEST.getBytes(StandardCharsets.UTF_8)));
  }
}
