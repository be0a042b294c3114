package io.tare.probe.jfr;

import io.tare.probe.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;

/** A JFR recording around a piece of work, written to a file that stays. */
public final class ProfileRecording {
  private static final Duration SAMPLING_PERIOD = Duration.ofMillis(10);

  private final Recording recording;

  private ProfileRecording(Recording recording) {
    this.recording = recording;
  }

  public static ProfileRecording ofAllocations() {
    Recording recording = new Recording();
    recording.setName("tare allocations");
    recording.enable("jdk.ObjectAllocationSample").withStackTrace().with("throttle", "off");
    recording.enable("tare.Mark");
    return new ProfileRecording(recording);
  }

  public static ProfileRecording ofCpu() {
    Recording recording = new Recording();
    recording.setName("tare cpu");
    recording.enable("jdk.ExecutionSample").withStackTrace().withPeriod(SAMPLING_PERIOD);
    recording.enable("jdk.NativeMethodSample").withStackTrace().withPeriod(SAMPLING_PERIOD);
    recording.enable("tare.Mark");
    return new ProfileRecording(recording);
  }

  /** The file is written even when the work fails. */
  public <X extends Exception> void record(Path file, Work<X> work) throws X, IOException {
    try (recording) {
      recording.start();
      try {
        work.run();
      } finally {
        recording.stop();
        recording.dump(file);
      }
    }
  }
}
