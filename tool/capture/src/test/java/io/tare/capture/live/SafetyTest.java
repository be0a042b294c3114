package io.tare.capture.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.CaptureException;
import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.capture.attach.Ask;
import io.tare.capture.attach.Ask.Question;
import io.tare.capture.attach.Asker;
import io.tare.capture.kernel.ProcessHold;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody dies of being looked at or asked, and nobody prints a thread dump. */
@Tag("slow")
class SafetyTest {
  private static final int SIGSTOP = 19;
  private static final int SIGCONT = 18;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  private static Capture ask(Child child, Ask... asks) throws CaptureException {
    return new Capturer(List.of()).capture(child.pid(), CaptureOptions.PASSIVE.asking(Set.of(asks)), Progress.NONE);
  }

  private static void mustBeUnharmed(Child child) throws Exception {
    assertThat(child.isAlive()).as("alive").isTrue();
    assertThat(child.hasPendingQuit()).as("a SIGQUIT is pending").isFalse();
    assertThat(child.output()).doesNotContain("thread dump");
  }

  private static Artifact heapInfo(Capture capture) {
    return capture.artifact(ArtifactNames.ASK_HEAP_INFO).orElseThrow();
  }

  private static void signal(Child child, int signal) throws Exception {
    try (ProcessHold hold = ProcessHold.open(child.pid())) {
      hold.signal(signal);
    }
  }

  @Test
  void aProcessThatIsNoJvmIsReadButNeverAsked() throws Exception {
    try (Child sleep = Child.sleeping()) {
      Capture capture = ask(sleep, Ask.BASIC);
      assertThat(capture.asked()).isEmpty();
      assertThat(capture.artifact(ArtifactNames.SMAPS).orElseThrow().outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(heapInfo(capture).outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(heapInfo(capture).note()).contains("no libjvm.so is mapped");
      mustBeUnharmed(sleep);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aJvmAnswersAndSaysWhatItCost(Jdk jdk) throws Exception {
    try (Child jvm = jdk.idle()) {
      Capture capture = ask(jvm, EnumSet.allOf(Ask.class).toArray(Ask[]::new));
      assertThat(capture.target().runtime()).isEqualTo(RuntimeKind.HOTSPOT);
      assertThat(capture.asked()).contains("basic", "gc", "vm-info");
      assertThat(heapInfo(capture).text()).contains("total").contains("used");
      assertThat(capture.text(ArtifactNames.ASK_VERSION).orElseThrow()).contains("JDK " + jdk.feature());
      assertThat(capture.text(ArtifactNames.ASK_HISTOGRAM).orElseThrow()).contains("java.lang.String");
      assertThat(capture.artifact(ArtifactNames.ASK_GC).orElseThrow().note()).contains("making contact took", "KB");
      assertThat(capture.artifact(ArtifactNames.ASK_NMT).orElseThrow().note()).contains("tracking is off");
      mustBeUnharmed(jvm);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aSecondReaderFindsTheSocketAndSendsNoSignal(Jdk jdk) throws Exception {
    try (Child jvm = jdk.idle()) {
      for (int i = 0; i < 5; i++) {
        assertThat(heapInfo(ask(jvm, Ask.BASIC)).outcome()).isEqualTo(Outcome.TAKEN);
      }
      mustBeUnharmed(jvm);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void twoReadersAtOnceDoNoHarm(Jdk jdk) throws Exception {
    for (int round = 0; round < 5; round++) {
      try (Child jvm = jdk.idle()) {
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          readers.add(Thread.ofPlatform().start(() -> quietly(jvm)));
        }
        for (Thread reader : readers) {
          reader.join();
        }
        mustBeUnharmed(jvm);
      }
    }
  }

  private static void quietly(Child jvm) {
    try {
      ask(jvm, Ask.BASIC);
    } catch (CaptureException ended) {
      throw new IllegalStateException(ended);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aJvmInItsFirstMillisecondsSurvives(Jdk jdk) throws Exception {
    for (int start = 0; start < 8; start++) {
      try (Child jvm = Child.start(jdk.command("Idle"))) {
        Asker asker = new Asker(jvm.folder(), jvm.startTicks(), Duration.ofSeconds(5));
        Outcome last = Outcome.SKIPPED;
        for (int attempt = 0; attempt < 20_000 && last != Outcome.TAKEN && jvm.isAlive(); attempt++) {
          last = asker.ask(Question.afterwards(Set.of(Ask.BASIC))).artifacts().getFirst().outcome();
        }
        assertThat(last).as("answered in the end: " + jvm.output()).isEqualTo(Outcome.TAKEN);
        mustBeUnharmed(jvm);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aJvmThatDoesNotCatchTheSignalIsAskedThroughItsSocket(Jdk jdk) throws Exception {
    try (Child jvm = jdk.idle("-Xrs")) {
      assertThat(heapInfo(ask(jvm, Ask.BASIC)).outcome()).isEqualTo(Outcome.TAKEN);
      mustBeUnharmed(jvm);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aJvmThatForbidsAttachingIsLeftAlone(Jdk jdk) throws Exception {
    try (Child jvm = jdk.idle("-XX:+DisableAttachMechanism")) {
      Capture capture = ask(jvm, Ask.BASIC, Ask.GC);
      assertThat(heapInfo(capture).note()).contains("-XX:+DisableAttachMechanism");
      assertThat(capture.asked()).isEmpty();
      mustBeUnharmed(jvm);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aJvmThatKeepsNoPerformanceDataIsLeftAlone(Jdk jdk) throws Exception {
    try (Child jvm = jdk.idle("-XX:-UsePerfData")) {
      assertThat(heapInfo(ask(jvm, Ask.BASIC)).note()).contains("nothing tells whether attaching is disabled");
      mustBeUnharmed(jvm);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aStoppedJvmIsReadButNotAsked(Jdk jdk) throws Exception {
    try (Child jvm = jdk.idle()) {
      signal(jvm, SIGSTOP);
      while (!jvm.folder().identity().orElseThrow().isStopped()) {
        Thread.onSpinWait();
      }
      Capture capture = ask(jvm, Ask.BASIC);
      assertThat(capture.artifact(ArtifactNames.SMAPS).orElseThrow().outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(capture.artifact(ArtifactNames.PAGES).orElseThrow().outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(heapInfo(capture).note()).contains("is stopped").contains("SIGCONT");
      signal(jvm, SIGCONT);
      assertThat(heapInfo(ask(jvm, Ask.BASIC)).outcome()).isEqualTo(Outcome.TAKEN);
      mustBeUnharmed(jvm);
    }
  }

  @Test
  void aProcessThatEndsWhileItIsReadGivesAClearSentence() throws Exception {
    for (int i = 0; i < 60; i++) {
      try (Child brief = Child.start(List.of("sleep", "0.0" + i % 3))) {
        readUntilGone(brief);
      }
    }
    for (int i = 0; i < 5; i++) {
      try (Child brief = Child.start(Jdk.own().command("Brief", "-Dmillis=" + i * 5))) {
        readUntilGone(brief);
      }
    }
  }

  private static void readUntilGone(Child child) {
    while (true) {
      try {
        Capture capture = ask(child, Ask.BASIC);
        assertThat(capture.artifact(ArtifactNames.SMAPS).orElseThrow().hasContent()).isTrue();
      } catch (CaptureException gone) {
        assertThat(gone.reason()).isIn(CaptureException.Reason.GONE, CaptureException.Reason.NO_SUCH_PROCESS,
            CaptureException.Reason.ZOMBIE);
        assertThat(gone.getMessage()).contains(Long.toString(child.pid()));
        if (gone.reason() == CaptureException.Reason.NO_SUCH_PROCESS) {
          return;
        }
      }
    }
  }

  @Test
  void aPidThatNobodyHasIsSaidSo() {
    try {
      new Capturer(List.of()).capture(Integer.MAX_VALUE, CaptureOptions.PASSIVE, Progress.NONE);
      fail("there is no such process");
    } catch (CaptureException none) {
      assertThat(none.reason()).isEqualTo(CaptureException.Reason.NO_SUCH_PROCESS);
    }
  }

  @Test
  void aThreadOfTheKernelIsSaidSo() {
    assumeTrue(new ProcessFolder(ProcessFolder.LIVE_ROOT, 2).identity()
        .map(ProcessIdentity::isKernelThread).orElse(false), "pid 2 is no kernel thread here");
    try {
      new Capturer(List.of()).capture(2, CaptureOptions.PASSIVE, Progress.NONE);
      fail("a kernel thread has no memory");
    } catch (CaptureException kernel) {
      assertThat(kernel.reason()).isEqualTo(CaptureException.Reason.KERNEL_THREAD);
    }
  }
}
