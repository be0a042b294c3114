package io.tare.formats.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.alloc.ExecutableFacts;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.alloc.NativeThread;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.alloc.RuntimeFacts.NamedRange;
import io.tare.model.capture.ArtifactNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryTextTest {
  private static final AddressRange RANGE = new AddressRange(0x7f00_0000_0000L, 0x7f00_0002_1000L);

  static Parsed<MallocReading> malloc() {
    Arena main = new Arena(0x7f99_0000_0c60L, true, 4096, 96, 4000, 0, true, List.of(new AddressRange(0x1000, 0x2000)));
    Arena other = new Arena(0x7f00_0000_0030L, false, 135168, 640, 134528, 8192, false, List.of(RANGE));
    MallocReading reading = new MallocReading("glibc", List.of(main, other), List.of(new AddressRange(0x9000, 0xb000)));
    return new Parsed<>(reading, List.of(new Problem(ArtifactNames.MALLOC, "7f00", "a size = nonsense, 100 %")));
  }

  static Parsed<List<NativeThread>> threads() {
    return Parsed.of(List.of(new NativeThread(4711, true, true, RANGE), new NativeThread(0, false, false, RANGE)));
  }

  static Parsed<RuntimeFacts> runtime() {
    return Parsed.of(new RuntimeFacts(Map.of("version", "go1.22 X:a=b", "heap.idle", "4096"),
        List.of(new NamedRange("arena", new AddressRange(0xc0_0000_0000L, 0xc0_0040_0000L)))));
  }

  static Parsed<ExecutableFacts> executable() {
    return Parsed
        .of(new ExecutableFacts(Map.of("class", "elf64", "interpreter", "/lib/ld with blanks.so", "go", "go1.22.1")));
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() throws NotThisFormat {
    ParseLimits limits = ParseLimits.DEFAULT;
    assertThat(MallocText.parse(MallocText.write(malloc()), limits)).isEqualTo(malloc());
    MallocReading walked = new MallocReading("jemalloc", malloc().value().arenas(), List.of(), Optional.of("jemalloc"),
        List.of(new AddressRange(0x20_0000, 0x40_0000)));
    assertThat(MallocText.parse(MallocText.write(Parsed.of(walked)), limits)).isEqualTo(Parsed.of(walked));
    assertThat(NativeThreadsText.parse(NativeThreadsText.write(threads()), limits)).isEqualTo(threads());
    assertThat(RuntimeFactsText.parse(ArtifactNames.GO, RuntimeFactsText.write(runtime()), limits))
        .isEqualTo(runtime());
    assertThat(ExecutableText.parse(ExecutableText.write(executable()), limits)).isEqualTo(executable());
  }

  @Test
  void anotherArtefactIsNotThisFormat() {
    String threads = NativeThreadsText.write(threads());
    assertThatThrownBy(() -> MallocText.parse(threads, ParseLimits.DEFAULT)).isInstanceOf(NotThisFormat.class)
        .hasMessageContaining("malloc");
    assertThatThrownBy(() -> ExecutableText.parse("", ParseLimits.DEFAULT)).isInstanceOf(NotThisFormat.class);
    assertThatThrownBy(() -> NativeThreadsText.parse("native-threads\0", ParseLimits.DEFAULT))
        .isInstanceOf(NotThisFormat.class);
  }

  @Test
  void aBrokenLineIsAProblemAndTheOthersCount() throws NotThisFormat {
    Parsed<List<NativeThread>> parsed = NativeThreadsText.parse(
        "native-threads count=2\nthread tid=1 live=true start=2000 end=1000\nthread tid=2 live=true start=1000 end=2000\n",
        ParseLimits.DEFAULT);
    assertThat(parsed.value()).singleElement().extracting(NativeThread::tid).isEqualTo(2L);
    assertThat(parsed.problems()).singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("start=<address>"));
  }

  @Test
  void anArenaWithoutItsCountsIsAProblem() throws NotThisFormat {
    Parsed<MallocReading> parsed = MallocText.parse("malloc allocator=musl\narena address=10 system=x\n",
        ParseLimits.DEFAULT);
    assertThat(parsed.value().arenas()).isEmpty();
    assertThat(parsed.value().allocator()).isEqualTo("musl");
    assertThat(parsed.problems()).hasSize(1);
  }

  @Test
  void wordsOfANewerWriterAreLeftOut() throws NotThisFormat {
    String text = MallocText.write(malloc()) + "numa-node number=1\n";
    assertThat(MallocText.parse(text, ParseLimits.DEFAULT)).isEqualTo(malloc());
  }

  @Test
  void moreLinesThanTheLimitAreCutAndSaidSo() throws NotThisFormat {
    Parsed<MallocReading> parsed = MallocText.parse("malloc\n" + "mmapped start=0 end=1000\n".repeat(50),
        new ParseLimits(10, 100, 5));
    assertThat(parsed.value().mmappedChunks()).hasSize(9);
    assertThat(parsed.problems()).isNotEmpty();
  }
}
