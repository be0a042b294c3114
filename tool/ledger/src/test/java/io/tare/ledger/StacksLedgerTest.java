package io.tare.ledger;

import static io.tare.model.capture.RuntimeKind.HOTSPOT;
import static io.tare.model.capture.RuntimeKind.NATIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.ArtifactNames;
import io.tare.model.report.ThreadLine;
import org.junit.jupiter.api.Test;

/** From a few lines of evidence to the ledger: who gets which bytes of stacks and their threads. */
class StacksLedgerTest {
  private static SampleCapture stacks() {
    return SampleCapture.of(HOTSPOT).mapping("100000-140000 rw-p", "Rss 64").mapping("200000-240000 rw-p", "Rss 32")
        .mapping("300000-340000 rw-p", "Rss 16").mapping("400000-440000 rw-p", "Rss 8")
        .hotspot("thread tid=11 name=main java=true start=100000 end=140000",
            "thread tid=12 name=G1%20Main java=false start=200000 end=240000")
        .lines(ArtifactNames.PTHREADS, "native-threads", "thread tid=11 live=true main=false start=100000 end=140000",
            "thread tid=13 live=true main=false start=300000 end=340000",
            "thread tid=0 live=false main=false start=400000 end=420000",
            "thread tid=0 live=false main=false start=420000 end=440000")
        .lines(ArtifactNames.TASKS, "thread tid=11 comm=java state=S", "thread tid=13 comm=epoll state=S");
  }

  @Test
  void stacksAreOneLineASortAndTheRuntimesWordComesFirst() {
    assertThat(stacks().ledger()).containsExactly("stacks.java 64 measured", "stacks.native 48 measured",
        "stacks.cached 8 measured");
  }

  @Test
  void everyStackIsALineForWhoAsksForThreads() {
    assertThat(stacks().report().threads()).extracting(StacksLedgerTest::words).containsExactly(
        "11 main stacks.java 100000-140000 65536", "12 G1 Main stacks.native 200000-240000 32768",
        "13 epoll stacks.native 300000-340000 16384", "0  stacks.cached 400000-440000 8192");
  }

  private static String words(ThreadLine line) {
    return line.tid() + " " + line.name() + " " + line.sort() + " " + line.stack() + " " + line.residentBytes();
  }

  @Test
  void aStackThatAGuardPageCutsIsOneStack() {
    SampleCapture sample = SampleCapture.of(HOTSPOT).mapping("100000-120000 rw-p", "Rss 8")
        .mapping("120000-140000 rw-p", "Rss 4").hotspot("thread tid=11 name=main java=true start=100000 end=140000");
    assertThat(sample.report().threads()).extracting(StacksLedgerTest::words)
        .containsExactly("11 main stacks.java 100000-140000 12288");
  }

  @Test
  void theMainThreadsControlBlockIsNoStack() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("100000-101000 rw-p", "Rss 4")
        .mapping("7ff000-800000 rw-p [stack]", "Rss 4")
        .lines(ArtifactNames.PTHREADS, "native-threads", "thread tid=4711 live=true main=true start=100000 end=101000");
    assertThat(sample.ledger()).contains("libraries.data thread-local data of the main thread 4 measured",
        "stacks.native 4 measured");
    assertThat(sample.report().threads()).extracting(StacksLedgerTest::words)
        .containsExactly("4711 main thread stacks.native 7ff000-800000 4096");
  }

  @Test
  void mappingsCarryTheirOwnersNames() {
    assertThat(stacks().report().mappings()).extracting(line -> line.account() + " " + line.name())
        .containsExactly("stacks.java 11 main", "stacks.native 12 G1 Main", "stacks.native 13 epoll", "stacks.cached ");
    assertThat(SampleCapture.of(NATIVE).mapping("10000-50000 rw-p", "Rss 256").arena("10000-50000", 1, 1).report()
        .mappings()).extracting(line -> line.account() + " " + line.name() + " " + line.permissions())
        .containsExactly("malloc.used 10000 rw-p");
    assertThat(SampleCapture.of(HOTSPOT).mapping("10000-50000 rw-p", "Rss 256").report().mappings())
        .extracting(line -> line.account() + line.name() + line.confidence().label())
        .containsExactly("unexplainedmeasured");
  }
}
