package io.tare.formats.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmapsTextTest {
  private static final String HEAP = """
      7f0000000000-7f0000010000 rw-p 00000000 00:00 0                          %s
      Size:                 64 kB
      Rss:                  12 kB
      Pss:                  12 kB
      Shared_Clean:          0 kB
      Shared_Dirty:          0 kB
      Private_Clean:         0 kB
      Private_Dirty:        12 kB
      Swap:                  8 kB
      VmFlags: rd wr mr mw me ac\s
      """;

  private static Parsed<Smaps> parse(String text) throws NotThisFormat {
    return SmapsText.parse("proc/smaps", text, ParseLimits.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"temurin-25.0.3-g1", "openjdk-17.0.15-zgc"})
  void agreesWithTheObviousReader(String scenario) throws NotThisFormat {
    String text = Fixtures.text(scenario + "/smaps");
    Parsed<Smaps> parsed = parse(text);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.value().mappings()).hasSizeGreaterThan(100).isEqualTo(SlowSmaps.parse(text));
  }

  @Test
  void agreesWithTheObviousReaderOnRandomMappings() throws NotThisFormat {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    String text = Mappings.random(new Random(seed), 2_000);
    assertThat(parse(text).value().mappings()).isEqualTo(SlowSmaps.parse(text));
  }

  @Test
  void countsAreBytesAndUnknownFieldsAreLeftOut() throws NotThisFormat {
    Mapping heap = parse(HEAP.formatted("[heap]")).value().mappings().getFirst();
    assertThat(heap.name()).isEqualTo("[heap]");
    assertThat(heap.bytes())
        .isEqualTo(new MappingBytes(12 * 1024, 12 * 1024, 0, 0, 0, 12 * 1024, 0, 0, 0, 8 * 1024, 0, 0, 0));
    assertThat(heap.flags()).isEqualTo("rd wr mr mw me ac");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[heap]", "[anon:glibc: malloc arena]", "/memfd:java_heap (deleted)", "/a b/c  d.so",
      "/dev/shm/Größe", "[anon_shmem:x]", "//anon"})
  void namesAreKeptAsTheyAre(String name) throws NotThisFormat {
    assertThat(parse(HEAP.formatted(name)).value().mappings().getFirst().name()).isEqualTo(name);
  }

  @Test
  void anEscapedLineFeedInAPathIsALineFeed() throws NotThisFormat {
    assertThat(parse(HEAP.formatted("/data/a\\012b")).value().mappings().getFirst().name()).isEqualTo("/data/a\nb");
  }

  @Test
  void theVsyscallPageHasAnUnsignedAddress() throws NotThisFormat {
    String text = HEAP.formatted("") + """
        ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
        Rss:                   0 kB
        Pss:                   0 kB
        Shared_Clean:          0 kB
        Shared_Dirty:          0 kB
        Private_Clean:         0 kB
        Private_Dirty:         0 kB
        Swap:                  0 kB
        """;
    Parsed<Smaps> parsed = parse(text);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.value().mappings().get(1).range().start()).isEqualTo(0xffffffffff600000L);
  }

  @Test
  void aKernelThreadHasNoMappings() throws NotThisFormat {
    assertThat(parse("").value().mappings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Name:\tjava\n", "{}", "\0\1", "7f00-7e00 rw-p 00000000 00:00 0 \n", "Rss: 4 kB\n"})
  void otherTextIsNotSmaps(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(NotThisFormat.class);
  }

  @Test
  void anOverlappingMappingIsLeftOutAndSaid() throws NotThisFormat {
    Parsed<Smaps> parsed = parse(HEAP.formatted("") + HEAP.formatted(""));
    assertThat(parsed.value().mappings()).hasSize(1);
    assertThat(parsed.problems()).singleElement().extracting("message").asString().contains("overlaps");
  }

  @Test
  void aCountThatTheMappingCannotHoldIsNotBelieved() throws NotThisFormat {
    Parsed<Smaps> parsed = parse(HEAP.formatted("").replace("12 kB", "99 kB"));
    assertThat(parsed.value().total(MappingBytes::rss)).isZero();
    assertThat(parsed.problems()).singleElement().extracting("message").asString().contains("smaller than its Rss");
  }

  @Test
  void aNumberThatOverflowsIsAProblem() throws NotThisFormat {
    Parsed<Smaps> parsed = parse(HEAP.formatted("").replace("Swap:                  8", "Swap: 99999999999999999999"));
    assertThat(parsed.value().mappings().getFirst().bytes().swap()).isZero();
    assertThat(parsed.problems()).singleElement().extracting("where").isEqualTo("line 9");
  }

  @Test
  void aCutTextNeverPassesAsWhole() throws NotThisFormat {
    String text = HEAP.formatted("") + HEAP.formatted("").replace("7f0000", "7f0001");
    for (int length = text.length() / 2 + 1; length < text.length(); length++) {
      boolean onlyFlagsMissing = text.substring(length).startsWith("VmFlags");
      assertThat(parse(text.substring(0, length)).problems().isEmpty()).as("length %d", length)
          .isEqualTo(onlyFlagsMissing);
    }
  }

  @Test
  void limitsHold() throws NotThisFormat {
    String text = Mappings.random(new Random(1), 50);
    Parsed<Smaps> parsed = SmapsText.parse("proc/smaps", text, new ParseLimits(10, 4, 3));
    assertThat(parsed.value().mappings()).hasSize(10).allMatch(mapping -> mapping.name().length() <= 4);
    assertThat(parsed.problems()).extracting("message").contains("more than 10 mappings: the rest is left out");
  }

  @Test
  void damagedInputIsSurvived() {
    Hostile.damage((content, limits) -> SmapsText.parse("proc/smaps", content, limits), Fixtures.contents("smaps"));
  }

  @Test
  void textAndBytesAreReadAlike() throws NotThisFormat {
    String text = HEAP.formatted("/dev/shm/Größe");
    assertThat(SmapsText.parse("proc/smaps", text.getBytes(StandardCharsets.UTF_8), ParseLimits.DEFAULT))
        .isEqualTo(parse(text));
  }
}
