package io.tare.capture.memory.glibc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JVMs with native memory tracking off, asked what glibc tells them. */
@Tag("slow")
class GlibcMallocJvmTest {
  private static final Pattern OUTSTANDING = Pattern
      .compile("C-Heap outstanding allocations: (\\d+)K, retained: (\\d+)K");
  private static final Pattern SYSTEM = Pattern.compile("<system type=\"current\" size=\"(\\d+)\"/>");
  private static final Pattern FAST = Pattern.compile("<total type=\"fast\" count=\"\\d+\" size=\"(\\d+)\"/>");
  private static final Pattern REST = Pattern.compile("<total type=\"rest\" count=\"\\d+\" size=\"(\\d+)\"/>");
  private static final Pattern MAPPED = Pattern.compile("<total type=\"mmap\" count=\"\\d+\" size=\"(\\d+)\"/>");

  /** To answer, the JVM itself takes a buffer of a megabyte; and what threads cache counts as used there, as free here. */
  private static final long ANSWERING = 1536 << 10;

  @TempDir
  private Path folder;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  private String ask(Jdk jdk, Child jvm, String question) throws Exception {
    return Toolchain.run(List.of(jdk.home().resolve("bin/jcmd").toString(), String.valueOf(jvm.pid()), question),
        folder);
  }

  private static long last(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    long value = -1;
    while (matcher.find()) {
      value = Long.parseLong(matcher.group(1));
    }
    return value;
  }

  /** Compilers and the listener that was asked go on for a moment; what they map and unmap meanwhile is said as a problem. */
  private static Parsed<MallocReading> walkWhenQuiet(Path procPid) throws Exception {
    Parsed<MallocReading> malloc = GlibcMallocLiveTest.walk(procPid, GlibcMallocLiveTest.PLENTY);
    for (int i = 0; i < 20 && !malloc.problems().isEmpty(); i++) {
      Thread.sleep(200);
      malloc = GlibcMallocLiveTest.walk(procPid, GlibcMallocLiveTest.PLENTY);
    }
    return malloc;
  }

  private static long used(String answer, boolean isReport) {
    return isReport
        ? last(SYSTEM, answer) - last(FAST, answer) - last(REST, answer) + last(MAPPED, answer)
        : last(OUTSTANDING, answer) << 10;
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void mallocAgreesWithWhatTheJvmIsTold(Jdk jdk) throws Exception {
    Path program = Toolchain.copy(folder, "Deflaters.java");
    List<String> command = List.of(jdk.home().resolve("bin/java").toString(), "-Xmx96m", "-XX:NativeMemoryTracking=off",
        program.toString());
    try (Child jvm = Child.start(command).whenItSays("ready")) {
      boolean hasReport = ask(jdk, jvm, "help").contains("System.native_heap_info");
      String question = hasReport ? "System.native_heap_info" : "VM.info";
      ask(jdk, jvm, question);
      assumeTrue(hasReport || ask(jdk, jvm, question).contains("C-Heap outstanding"),
          () -> jdk + " does not tell of malloc");
      long used = used(ask(jdk, jvm, question), hasReport);
      Parsed<MallocReading> malloc = walkWhenQuiet(Path.of("/proc", String.valueOf(jvm.pid())));
      long usedAfter = used(ask(jdk, jvm, question), hasReport);
      for (int i = 0; i < 20 && Math.abs(usedAfter - used) > ANSWERING; i++) {
        // Compilers gave back what they worked with between the two.
        Thread.sleep(500);
        used = used(ask(jdk, jvm, question), hasReport);
        malloc = walkWhenQuiet(Path.of("/proc", String.valueOf(jvm.pid())));
        usedAfter = used(ask(jdk, jvm, question), hasReport);
      }
      assertThat(malloc.problems()).isEmpty();
      long mapped = malloc.value().mmappedChunks().stream().mapToLong(AddressRange::bytes).sum();
      long ours = malloc.value().arenas().stream().mapToLong(Arena::inUseBytes).sum() + mapped;
      assertThat(ours).isCloseTo(used, within(used / 100 + ANSWERING));
      assertThat(malloc.value().arenas()).allMatch(Arena::complete).hasSizeGreaterThan(2);
    }
  }
}
