package io.tare.capture.dumped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.CaptureOptions;
import io.tare.capture.CoreCapturer;
import io.tare.capture.Progress;
import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.capture.memory.hotspot.census.HeapCensus;
import io.tare.formats.Parsed;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Truth;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM's core file, looked at without its JDK. */
@Tag("slow")
class CoreOfJvmTest {
  private static final int KEPT = 12_345;
  private static final String SOURCE = """
      public class Left {
        static final class Planted { long a, b; Object c; }
        static Object[] kept = new Object[%d];
        public static void main(String[] arguments) throws Exception {
          for (int i = 0; i < kept.length; i++) {
            kept[i] = new Planted();
          }
          System.out.println("ready");
          Thread.sleep(120_000);
        }
      }
      """.formatted(KEPT);

  @TempDir
  Path folder;

  /** Who writes the file: a debugger that stops the process, or the kernel when a signal ends it. */
  enum Writer {
    DEBUGGER, KERNEL
  }

  static Stream<Arguments> ways() {
    return Jdk.all().stream().filter(jdk -> jdk.feature() == 17 || jdk.feature() == 25)
        .flatMap(jdk -> Stream.of(Writer.values()).map(writer -> Arguments.of(jdk, writer)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyPlantedObjectIsCountedAndTheHeapIsKnownByItsAddresses(Jdk jdk, Writer writer) throws Exception {
    Path source = Files.writeString(folder.resolve("Left.java"), SOURCE);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", source.toString()))
        .isZero();
    // Small, and nothing of it reserved and not used: what a debugger writes is as long as all mappings.
    List<String> command = List.of("bash", "-c", "cd \"$0\"; ulimit -c unlimited 2> /dev/null; exec \"$@\"",
        folder.toString(), jdk.home().resolve("bin/java").toString(), "-Xmx16m", "-XX:+UseSerialGC",
        "-XX:CompressedClassSpaceSize=4m", "-XX:ReservedCodeCacheSize=8m", "-XX:TieredStopAtLevel=1", "-Xshare:off",
        "-cp",
        folder.toString(), "Left");
    Path core;
    try (Child child = Child.start(command).whenItSays("ready")) {
      core = writer == Writer.DEBUGGER ? written(child.pid()) : writtenByTheKernel(child);
    }
    try (CoreCapturer capturer = CoreCapturer.open(core)) {
      Parsed<TypeCensus> census = capturer.census(HeapCensus.Options.DEFAULT);
      assertThat(census.problems()).isEmpty();
      assertThat(census.value().truth()).isEqualTo(Truth.CONSISTENT);
      assertThat(census.value().types()).contains(new TypeCount("Left$Planted", "", KEPT, 32L * KEPT));

      Capture capture = capturer.capture(CaptureOptions.PASSIVE, Progress.NONE);
      assertThat(capture.target().name()).isEqualTo("java");
      assertThat(capture.target().runtime()).isEqualTo(RuntimeKind.HOTSPOT);
      assertThat(capture.artifact(ArtifactNames.HOTSPOT).orElseThrow().outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(capture.text(ArtifactNames.HOTSPOT).orElseThrow()).contains("fact key=collector value=Serial",
          "fact key=version value=" + jdk.feature() + ".");
      assertThat(capture.artifact(ArtifactNames.STATUS)).as("what the kernel alone could tell").isEmpty();
    }
  }

  private Path writtenByTheKernel(Child child) throws Exception {
    String pattern = Files.readString(Path.of("/proc/sys/kernel/core_pattern")).strip();
    assumeTrue(pattern.startsWith("core") && !pattern.contains("/"),
        "the kernel sends core files elsewhere (" + pattern + "): that its own are understood was not checked");
    ProcessHandle process = ProcessHandle.of(child.pid()).orElseThrow();
    assertThat(new ProcessBuilder("kill", "-ABRT", Long.toString(child.pid())).start().waitFor()).isZero();
    process.onExit().get(100, TimeUnit.SECONDS);
    try (Stream<Path> files = Files.list(folder)) {
      Optional<Path> core = files.filter(file -> String.valueOf(file.getFileName()).startsWith("core")).findFirst();
      assumeTrue(core.isPresent(), "no core file was written: that the kernel's own are understood was not checked");
      return core.orElseThrow();
    }
  }

  private Path written(long pid) throws Exception {
    Path output = folder.resolve("gcore.txt");
    Process gcore;
    try {
      gcore = new ProcessBuilder("gcore", "-o", folder.resolve("core").toString(), Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(output.toFile()).start();
    } catch (IOException none) {
      assumeTrue(false, "no gcore is installed: that a JVM's core file is understood was not checked");
      throw none;
    }
    assumeTrue(gcore.waitFor(100, TimeUnit.SECONDS) && gcore.exitValue() == 0,
        "gcore may not look at processes here: that a JVM's core file is understood was not checked");
    return folder.resolve("core." + pid);
  }
}
