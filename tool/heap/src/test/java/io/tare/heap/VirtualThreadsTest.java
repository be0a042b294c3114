package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.model.Problem;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HeapThread;
import io.tare.model.heap.NativeBridge.NativeOwner;
import io.tare.model.heap.Suspect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HotSpot 25 writes the stacks of virtual threads, whether a carrier runs them or not. */
class VirtualThreadsTest {
  @TempDir
  Path folder;

  @Test
  void aWaitingAndARunningVirtualThreadHoldTheirLocalsByFrame() throws Exception {
    Optional<Path> jdk = LiveJvm.jdk(25);
    assumeTrue(jdk.isPresent(), "no JDK 25 is installed");
    Path dump = folder.resolve("virtual.hprof");
    LiveJvm.run(jdk.get(), List.of(), "VirtualThreads.java", dump.toString());
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    HeapSummary summary = HeapAnalysis.analyse(dump, options, HeapProgress.NONE);

    holds(thread(summary, "waits"), "VirtualThreads.waiting", 1_111_111);
    holds(thread(summary, "runs"), "VirtualThreads.running", 2_222_222);
    assertThat(summary.suspects()).extracting(Suspect::summary)
        .anyMatch(words -> words.startsWith("thread \"runs\" local variable in VirtualThreads.running"))
        .anyMatch(words -> words.startsWith("thread \"waits\" local variable in VirtualThreads.waiting"));
    assertThat(thread(summary, "main").virtual()).isFalse();

    long platform = summary.threads().stream().filter(thread -> !thread.virtual()).count();
    assertThat(summary.nativeOwners()).filteredOn(owner -> owner.kind().equals("thread stacks")).singleElement()
        .as("a virtual thread has no stack outside the heap").extracting(NativeOwner::objects).isEqualTo(platform);
    assertThat(summary.problems()).extracting(Problem::message)
        .as("the one that was never started")
        .anyMatch(message -> message.startsWith("1 virtual threads come without a stack"));
  }

  private static HeapThread thread(HeapSummary summary, String name) {
    return summary.threads().stream().filter(thread -> thread.name().equals(name)).findFirst().orElseThrow();
  }

  private static void holds(HeapThread thread, String method, long bytes) {
    assertThat(thread.virtual()).isTrue();
    assertThat(thread.frames()).anySatisfy(frame -> {
      assertThat(frame.method()).startsWith(method);
      assertThat(frame.locals()).anySatisfy(local -> {
        assertThat(local.className()).isEqualTo("byte[]");
        assertThat(local.retainedBytes()).isBetween(bytes, bytes + 32);
      });
    });
  }
}
