package io.tare.capture.start;

import io.tare.capture.kernel.ChildUsage;
import io.tare.capture.sample.PeakWatch;
import io.tare.model.history.Ending.Usage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Starts a command whose use of memory is to be known. What the kernel counts as a child's peak holds the memory of the program that it
 * was started from, which is this JVM: so a shell of a megabyte comes between ({@link ShellStart}). Where that is not possible the command
 * is started by the JDK, and the peak of what is smaller than this JVM is read while it runs ({@link PeakWatch}).
 */
public final class CommandStart {
  private CommandStart() {}

  /**
   * Starts it. Throws, with the kernel's reason, where it is not there or can't be run.
   *
   * @param builder the command, its environment, folder, input and outputs; they must not be pipes
   * @param reads whether its outputs are to be read here, whatever the builder says of them
   */
  public static StartedCommand start(ProcessBuilder builder, boolean reads) throws IOException {
    if (!ShellFit.isThere(builder)) {
      return directly(builder, reads, Optional.empty());
    }
    Optional<String> unfit = ShellFit.unfit(builder);
    if (unfit.isPresent()) {
      return directly(builder, reads, unfit);
    }
    try {
      return ShellStart.start(builder, reads);
    } catch (ShellStart.NotPossible refused) {
      return directly(builder, reads, Optional.of(String.valueOf(refused.getMessage())));
    }
  }

  static StartedCommand directly(ProcessBuilder builder, boolean reads, Optional<String> why) throws IOException {
    if (reads) {
      builder.redirectOutput(ProcessBuilder.Redirect.PIPE).redirectError(ProcessBuilder.Redirect.PIPE);
    }
    Optional<ChildUsage> before = PeakWatch.usage();
    Process child = builder.start();
    PeakWatch peak = PeakWatch.begin(child.pid(), before);
    return new StartedCommand(child.toHandle(), child.onExit().thenApply(Process::exitValue), () -> usage(peak),
        reads ? List.of(child.getInputStream(), child.getErrorStream()) : List.of(), why);
  }

  /** The kernel knows both once the child was collected. */
  private static Usage usage(PeakWatch peak) {
    try (peak) {
      return new Usage(peak.peakBytes(), peak.cpuNanos());
    } catch (IOException closed) {
      return Usage.UNKNOWN;
    }
  }
}
