package io.tare.capture.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.kernel.ChildUsage;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PeakWatchTest {
  private static final long MB = 1 << 20;

  @TempDir
  private Path folder;

  private record Watched(OptionalLong peakBytes, OptionalLong cpuNanos) {}

  private static Watched watch(String... command) throws IOException, InterruptedException {
    Optional<ChildUsage> before = PeakWatch.usage();
    Process child = new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD)
        .start();
    try (PeakWatch watch = PeakWatch.begin(child.pid(), before)) {
      child.waitFor();
      return new Watched(watch.peakBytes(), watch.cpuNanos());
    }
  }

  /** A kernel's count for a parent holds the parent's own memory, too: of a small child its own peak is told. */
  @Test
  void aSmallChildHasItsOwnPeak() throws Exception {
    Path told = folder.resolve("told");
    Watched shell = watch("sh", "-c",
        "x=$(head -c 9000000 /dev/zero | tr '\\0' x); grep VmHWM /proc/$$/status > " + told + "; sleep 0.5");
    long truth = Long.parseLong(Files.readString(told).replaceAll("\\D", "")) * 1024;
    assertThat(truth).isGreaterThan(9 * MB);
    assertThat(shell.peakBytes().orElseThrow()).isBetween(truth, truth + truth / 100);
  }

  /** One block that is larger than all that this process ever held, filled at once: the peak is the last thing that happens. */
  @Test
  void aSpikeAtTheEndIsNotMissed() throws Exception {
    long block = ownPeakMegabytes() + 64;
    Watched copy = watch("dd", "if=/dev/zero", "of=/dev/null", "bs=" + block + "M", "count=1");
    assertThat(copy.peakBytes().orElseThrow()).isBetween(block * MB, (block + 4) * MB);
    assertThat(copy.cpuNanos().orElseThrow()).as("processor time of the child").isPositive();
  }

  private static long ownPeakMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElseThrow();
  }
}
