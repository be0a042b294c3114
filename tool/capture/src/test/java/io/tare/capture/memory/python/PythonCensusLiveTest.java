package io.tare.capture.memory.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.Parsed;
import io.tare.model.proc.Smaps;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted from outside, against {@code gc.get_objects()} and {@code sys.getsizeof} inside. */
@Tag("slow")
class PythonCensusLiveTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(2));
  private static final double ONE_PERCENT = 0.01;

  /** Types whose objects know of buffers that nobody else does, or whose objects need not be on the collector's lists. */
  private static final List<String> OTHERWISE = List.of("builtins.tuple", "builtins.dict", "builtins.frame",
      "builtins.code",
      "_io.BufferedReader", "_io.BufferedWriter", "_io.TextIOWrapper", "builtins.type");

  private static final String SCRIPT = """
      import collections, gc, heapq, sys, time
      class Point:
          def __init__(self, x):
              self.x = x
              self.name = 'point %d' % x
              self.body = None
      class Slot:
          __slots__ = ('a', 'b')
          def __init__(self, a):
              self.a = a
              self.b = (a, a + 1)
      keep = [[Point(i) for i in range(20000)], [Slot(i) for i in range(30000)]]
      keep.append({i: {'id': i, 'value': [i, float(i)]} for i in range(20000)})
      keep.append([set(range(i % 9)) for i in range(5000)])
      keep.append([collections.deque(range(i)) for i in range(400)])
      keep.append([bytearray(5000 + i) for i in range(300)])
      keep.append({i: b'x' * (10000 + i) for i in range(200)})
      keep.append(tuple('y' * (600 + i) for i in range(100)))
      keep[0][7].body = 'z' * 700001
      gc.collect()
      objects = gc.get_objects()
      counts = collections.Counter()
      sizes = collections.Counter()
      for one in objects:
          name = type(one).__module__ + '.' + type(one).__qualname__
          counts[name] += 1
          sizes[name] += sys.getsizeof(one)
      for name, count in counts.most_common(40):
          print('truth gc %s count=%d' % (name, count))
          print('truth gc %s bytes=%d' % (name, sizes[name]))
      print('truth dicts=%d' % sum(sys.getsizeof(one) for one in keep[2].values()))
      print('truth large bytes=%d' % sum(sys.getsizeof(one) for one in keep[6].values()))
      print('truth large str=%d' % (sum(sys.getsizeof(one) for one in keep[7]) + sys.getsizeof(keep[0][7].body)))
      del objects, one
      print('ready', flush=True)
      time.sleep(99)
      """;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"python3.11", "python3.12", "python3.13", "python3.14", "python3"})
  void objectsAreWhatTheInterpreterItselfCounts(String interpreter) throws Exception {
    String python = python(interpreter);
    Path script = folder.resolve("counted.py");
    Files.writeString(script, SCRIPT);
    try (NativeProgram program = NativeProgram.start(List.of(python, script.toString()))) {
      long faults = program.minorFaults();
      Parsed<Optional<TypeCensus>> taken = take(program);
      assertThat(program.minorFaults()).as("pages that reading brought in").isEqualTo(faults);
      assertThat(taken.problems()).isEmpty();
      Map<String, TypeCount> types = taken.value().orElseThrow().types().stream()
          .collect(Collectors.toMap(type -> type.module() + "." + type.name(), type -> type));
      program.truth().forEach((key, truth) -> {
        String[] words = key.split(" ");
        if (words.length == 3 && !OTHERWISE.contains(words[1])) {
          TypeCount type = types.get(words[1]);
          assertThat(type).as(key).isNotNull();
          long counted = words[2].equals("count") ? type.objects() : type.bytes();
          assertThat(counted).as(key).isCloseTo(truth, within(Math.max(256, (long) (truth * ONE_PERCENT))));
        }
      });
      assertThat(types.get("__main__.Point").objects()).isEqualTo(20_000);
      assertThat(types.get("__main__.Slot").objects()).isEqualTo(30_000);
      assertThat(types.get("builtins.bytearray").objects()).isEqualTo(300);
      assertThat(types.get("builtins.bytes").bytes()).as("those too large for a block included")
          .isBetween(program.truth().get("large bytes"), program.truth().get("large bytes") * 3 / 2 + (1 << 20));
      assertThat(types.get("builtins.str").bytes()).as("an attribute of 700,001 letters included")
          .isBetween(program.truth().get("large str"), program.truth().get("large str") + (4 << 20));
    }
  }

  @Test
  void anotherVersionIsNotGuessed() throws Exception {
    String python = python("python3.8");
    try (NativeProgram program = NativeProgram
        .start(List.of(python, "-c", "print('ready', flush=True);import time;time.sleep(99)"))) {
      Parsed<Optional<TypeCensus>> taken = take(program);
      assertThat(taken.value()).isEmpty();
      assertThat(taken.problems()).singleElement()
          .satisfies(
              problem -> assertThat(problem.message()).startsWith("objects are counted of CPython 3.11 to 3.14"));
    }
  }

  private String python(String interpreter) throws Exception {
    String path = Toolchain.run(List.of(Toolchain.require(interpreter), "-c",
        "import sys; print(sys.executable if sys.version_info < (3, 15) else '')"), folder).strip();
    assumeTrue(path.startsWith("/"),
        () -> interpreter + " names no interpreter: that both counts agree was not checked");
    return path;
  }

  private static Parsed<Optional<TypeCensus>> take(NativeProgram program) throws Exception {
    Smaps smaps = Mappings.read(program.folder());
    try (LiveMemory live = LiveMemory.open(program.folder(), PLENTY);
        FileBackedMemory memory = new FileBackedMemory(live, new MappingIndex(smaps), program.folder())) {
      return PythonCensus.take(memory, smaps, ProcessSymbols.find(new MappedFiles(program.folder(), live), smaps,
          PythonRuntime::isInterpreter, PythonCensus.SYMBOLS));
    }
  }
}
