package io.tare.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.MemoryWalk.MappedProcess;
import io.tare.capture.proc.Deadline;
import io.tare.capture.proc.ProcessFolder;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryWalkTest {
  private static final MemoryWalk FAULTY = new MemoryWalk("faulty", kind -> true, (memory, process) -> {
    throw new IllegalStateException("swordfish");
  });
  private static final ProcessFolder SELF = new ProcessFolder(ProcessFolder.LIVE_ROOT, ProcessHandle.current().pid());

  @Test
  void aWalkThatFallsOverBadDataNamesItsFaultAndNotTheData() {
    Artifact artifact = FAULTY.take(new MappedProcess(SELF, RuntimeKind.NATIVE, new Smaps(List.of()),
        ResidentPages.NONE, Deadline.in(Duration.ofSeconds(10))));
    assertThat(artifact.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(artifact.note()).contains("IllegalStateException at MemoryWalkTest.java:").doesNotContain("swordfish");
  }

  @Test
  void aWalkThatFallsDoesNotCostTheCapture() throws Exception {
    Capture capture = new Capturer(List.of(FAULTY)).capture(SELF.pid(), CaptureOptions.PASSIVE, Progress.NONE);
    assertThat(capture.artifact("faulty").orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(capture.text(ArtifactNames.STATUS_AFTER)).isPresent();
  }
}
