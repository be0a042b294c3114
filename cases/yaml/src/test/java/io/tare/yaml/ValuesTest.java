package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.Duplicates;
import io.tare.yaml.basis.YamlOptions.Schema;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValuesTest {
  @Test
  void theCoreSchemaSaysWhatPlainScalarsAre() {
    assertThat(java("[~, null, Null, NULL, '~', nUll]")).isEqualTo(Arrays.asList(null, null, null, null, "~", "nUll"));
    assertThat(java("[true, True, FALSE, tRue, yes]")).isEqualTo(List.of(true, true, false, "tRue", "yes"));
    assertThat(java("[0, -0, +12, 007, 0o17, 0xFf, -0x1, 1_000, 0o8]"))
        .isEqualTo(List.of(0L, 0L, 12L, 7L, 15L, 255L, "-0x1", "1_000", "0o8"));
    assertThat(java("[1., .5, -1.5e-3, 1e3, ., e3, 1e, 1.2.3, +.5]"))
        .isEqualTo(List.of(1.0, 0.5, -0.0015, 1000.0, ".", "e3", "1e", "1.2.3", 0.5));
    assertThat(java("[.inf, -.Inf, +.INF, .nan, -.nan]")).isEqualTo(
        List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, "-.nan"));
  }

  @Test
  void integersOfAnySizeAreExact() {
    assertThat(java(
        "[1152921504606846975, -1152921504606846976, 1152921504606846976, 9223372036854775807, 9223372036854775808]"))
        .isEqualTo(List
            .of((1L << 60) - 1, -(1L << 60), 1L << 60, Long.MAX_VALUE, BigInteger.ONE.shiftLeft(63)));
    assertThat(java("0xffffffffffffffffff")).isEqualTo(BigInteger.ONE.shiftLeft(72).subtract(BigInteger.ONE));
  }

  @Test
  void floatsAreTheNearestDoubles() {
    for (String text : List.of("0.1", "123456789.123456", "1e22", "1e23", "1.7976931348623157e308", "4.9e-324",
        "0.30000000000000004",
        "99999999999999999.9", "-0.0", "179.99999")) {
      assertThat(java(text)).as(text).isEqualTo(Double.parseDouble(text));
    }
  }

  @Test
  void floatsOfAnyLengthAreTheNearestDoubles() {
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      String text = random.nextLong(1L << 10 + random.nextInt(50)) + "."
          + random.nextLong(1L << 1 + random.nextInt(60));
      assertThat(java(text)).as(text).isEqualTo(Double.parseDouble(text));
    }
  }

  @Test
  void otherSchemasSayOtherwise() {
    assertThat(java("[1, true, ~]", YamlOptions.DEFAULT.with(Schema.FAILSAFE))).isEqualTo(List.of("1", "true", "~"));
    assertThat(java("[1, true, null, -1.5e3, \"x\"]", YamlOptions.DEFAULT.with(Schema.JSON)))
        .isEqualTo(Arrays.asList(1L, true, null, -1500.0, "x"));
    assertThatThrownBy(() -> java("[x]", YamlOptions.DEFAULT.with(Schema.JSON))).isInstanceOf(YamlException.class);
    assertThat(java("[yes, Off, 0b101, 017, 1_000, 1:30, 190:20:30, 1.5]", YamlOptions.DEFAULT.with(Schema.YAML_1_1)))
        .isEqualTo(List.of(true, false, 5L, 15L, 1000L, 90L, 685230L, 1.5));
  }

  @Test
  void mergeKeysOfYaml11YieldToTheMappingsOwn() {
    YamlOptions merging = YamlOptions.DEFAULT.with(Schema.YAML_1_1);
    assertThat(java("- &a {p: 1, q: 2}\n- &b {q: 3, r: 4}\n- {<<: [*a, *b], p: 9}\n- {<<: *b}\n", merging)).isEqualTo(
        List.of(Map.of("p", 1L, "q", 2L), Map.of("q", 3L, "r", 4L), Map.of("p", 9L, "q", 2L, "r", 4L),
            Map.of("q", 3L, "r", 4L)));
    assertThatThrownBy(() -> java("<<: 1", merging)).isInstanceOf(YamlException.class);
    String twice = "- &b {q: 3, r: 4}\n- {q: 1, <<: *b, q: 2}\n- {q: 5, q: 6}\n";
    assertThatThrownBy(() -> java(twice, merging)).hasMessageStartingWith("line 2, column 18: expected a key that");
    assertThat(java(twice, merging.with(Duplicates.LAST_WINS)))
        .isEqualTo(List.of(Map.of("q", 3L, "r", 4L), Map.of("q", 2L, "r", 4L), Map.of("q", 6L)));
    assertThat(java("{<<: 1}")).isEqualTo(Map.of("<<", 1L));
  }

  @Test
  void tagsOfTheCoreSchemaDecideAndOthersAreKept() {
    assertThat(java("[!!str 1, !!int \"2\", !!float 3, ! 4, !mine 5]")).isEqualTo(List.of("1", 2L, 3.0, "4", "5"));
    try (YamlDocument d = Yaml.load("- !mine x\n- !!set {a}\n- !!str y\n- !<tag:x.example,2000:z> {k: v}\n")) {
      assertThat(d.root().get(0).tag()).isEqualTo("!mine");
      assertThat(d.root().get(1).tag()).isEqualTo("tag:yaml.org,2002:set");
      assertThat(d.root().get(2).tag()).isEmpty();
      assertThat(d.root().get(3).tag()).isEqualTo("tag:x.example,2000:z");
      assertThat(d.root().get(3).get("k").text()).isEqualTo("v");
    }
  }

  @Test
  void anAliasIsItsAnchorsValueWithItsTag() {
    try (YamlDocument d = Yaml.load("- &s !mine [1]\n- *s\n- &t !other x\n- *t\n- &s 2\n- *s\n")) {
      assertThat(d.root().get(1)).isEqualTo(d.root().get(0));
      assertThat(d.root().get(1).tag()).isEqualTo("!mine");
      assertThat(d.root().get(3).tag()).isEqualTo("!other");
      assertThat(d.root().get(5).integer()).isEqualTo(2);
    }
  }

  @Test
  void everyEncodingByItsMarkOrItsZeros() {
    String text = "k: é∑😀 and more\n";
    for (String name : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      for (String mark : List.of("", "\uFEFF")) {
        try (YamlDocument d = Yaml.load((mark + text).getBytes(Charset.forName(name)), YamlOptions.DEFAULT)) {
          assertThat(d.root().get("k").text()).as(name + mark).isEqualTo("é∑😀 and more");
        }
      }
    }
  }

  @Test
  void carriageReturnsAreLineEnds() {
    assertThat(java("a: |\r\n  x\r\n  y\r\nb: 1\rc: 2\r\n")).isEqualTo(Map.of("a", "x\ny\n", "b", 1L, "c", 2L));
  }

  @Test
  void keysAreFoundInSmallAndLargeMappingsOfBothKinds() {
    for (int size : new int[] {0, 1, 16, 17, 255, 256, 257, 1000, 20_000}) {
      StringBuilder yaml = new StringBuilder("{");
      IntStream.range(0, size).forEach(i -> yaml.append("a key with number ").append(i).append(": ").append(i)
          .append(", k").append(i).append(": x, "));
      try (YamlDocument d = Yaml.load(yaml.append("}").toString())) {
        assertThat(d.root().size()).isEqualTo(2L * size);
        for (int i = 0; i < size; i++) {
          assertThat(d.integer(d.get(d.rootWord(0), "a key with number " + i))).isEqualTo(i);
          assertThat(d.isText(d.get(d.rootWord(0), "k" + i), "x")).isTrue();
        }
        assertThat(d.root().get("absent").exists()).isFalse();
        assertThat(d.root().get("").exists()).isFalse();
      }
    }
  }

  @Test
  void theSameKeyTwiceIsRefusedInSmallAndLargeMappingsOrTheLastWins() {
    for (int size : new int[] {1, 17, 300, 5000}) {
      StringBuilder yaml = new StringBuilder();
      IntStream.range(0, size).forEach(i -> yaml.append("some long key ").append(i).append(": 1\n"));
      yaml.append("\"some long key 0\": 2\n");
      assertThatThrownBy(() -> Yaml.load(yaml.toString())).as("%d keys", size).isInstanceOf(YamlException.class);
      try (YamlDocument d = Yaml.load(yaml.toString(), YamlOptions.DEFAULT.with(Duplicates.LAST_WINS))) {
        assertThat(d.root().get("some long key 0").integer()).isEqualTo(2);
        assertThat(d.root().size()).isEqualTo(size);
      }
    }
    assertThatThrownBy(() -> Yaml.load("{[a, b]: 1, [a, b]: 2}")).isInstanceOf(YamlException.class);
    assertThat(
        java("{[a, b]: 1, {c: d}: 2, [a, b]: 3, {c: d}: 4, {c: e}: 5}", YamlOptions.DEFAULT.with(Duplicates.LAST_WINS)))
        .isEqualTo(Map.of(List.of("a", "b"), 3L, Map.of("c", "d"), 4L, Map.of("c", "e"), 5L));
    assertThat(java("{1: a, \"1\": b}")).isEqualTo(Map.of(1L, "a", "1", "b"));
  }

  /** Keys that were seen in blocks are expected again; inside of brackets the same characters may mean something else. */
  @Test
  void anExpectedKeyIsOnlyTakenWhereItMeansTheSame() {
    Map<String, @Nullable Object> two = new HashMap<>();
    two.put("a", null);
    two.put("b", 1L);
    assertThat(java("- a,b: 1\n  c: 2\n- {a,b: 1}\n")).isEqualTo(List.of(Map.of("a,b", 1L, "c", 2L), two));
    assertThat(
        java("- abc: 1\n- abcd: 2\n- abc:d: 3\n- ab: 4\n- \"abc\": 5\n- abc : 6\n- {abc: 7, d: 8}\n- {abc: 9}\n"))
        .isEqualTo(List.of(Map.of("abc", 1L),
            Map.of("abcd", 2L), Map.of("abc:d", 3L), Map.of("ab", 4L), Map.of("abc", 5L), Map.of("abc", 6L),
            Map.of("abc", 7L, "d", 8L), Map.of("abc", 9L)));
  }

  @Test
  void cursorsVisitEveryValueInOrder() {
    try (YamlDocument d = Yaml.load("a: [1, 2, {b: 3}]\nc: 4\n")) {
      YamlCursor c = d.cursor();
      List<String> seen = new ArrayList<>();
      assertThat(c.down()).isTrue();
      seen.add(d.text(c.key()));
      for (boolean more = c.down(); more; more = c.next()) {
        seen.add(d.size(c.word()) == 0 ? d.text(c.word()) : "map");
      }
      assertThat(c.down("b")).isTrue();
      assertThat(c.next()).isFalse();
      seen.add(d.text(c.word()));
      assertThat(c.up() && c.up() && c.next()).isTrue();
      seen.add(d.text(c.key()) + d.text(c.word()));
      assertThat(c.up()).isTrue();
      assertThat(c.up()).isFalse();
      assertThat(seen).containsExactly("a", "1", "2", "map", "3", "c4");
    }
  }

  private static @Nullable Object java(String yaml) {
    return java(yaml, YamlOptions.DEFAULT);
  }

  private static @Nullable Object java(String yaml, YamlOptions options) {
    try (YamlDocument d = Yaml.load(yaml.getBytes(StandardCharsets.UTF_8), options)) {
      return d.toJava(d.rootWord(0));
    }
  }
}
