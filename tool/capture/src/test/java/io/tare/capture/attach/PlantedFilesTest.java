package io.tare.capture.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.attach.Ask.Question;
import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Outcome;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Files that somebody put where a JVM's attach protocol has its own. */
class PlantedFilesTest {
  private static final int OTHER = 12345;

  private static Path trigger(Child jvm) {
    return Path.of("/tmp/.attach_pid" + jvm.pid());
  }

  private static Path socket(Child jvm) {
    return Path.of("/tmp/.java_pid" + jvm.pid());
  }

  private static Asker.Answers ask(Child jvm) {
    return new Asker(jvm.folder(), jvm.startTicks(), Duration.ofSeconds(2)).ask(Question.afterwards(Set.of(Ask.BASIC)));
  }

  private static void giveAway(Path file) throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"),
        "needs root: that another user's files mislead nobody was not checked");
    Files.setAttribute(file, "unix:uid", OTHER);
  }

  private static void mustBeUnharmed(Child jvm) throws IOException {
    assertThat(jvm.isAlive()).isTrue();
    assertThat(jvm.hasPendingQuit()).isFalse();
    assertThat(jvm.output()).doesNotContain("thread dump");
  }

  @Test
  void aTriggerOfAnotherUserIsNoReasonForASignalHoweverOldItIs() throws Exception {
    try (Child jvm = Jdk.own().idle()) {
      Files.createFile(trigger(jvm));
      try {
        giveAway(trigger(jvm));
        Files.setLastModifiedTime(trigger(jvm), FileTime.from(Instant.now().minusSeconds(60)));
        Asker.Answers answers = ask(jvm);
        assertThat(answers.contacted()).isFalse();
        assertThat(answers.artifacts().getFirst().note()).contains("another user put the file");
        mustBeUnharmed(jvm);
        assertThat(trigger(jvm)).as("it is not ours to remove").exists();
      } finally {
        Files.deleteIfExists(trigger(jvm));
      }
    }
  }

  @Test
  void aSocketOfAnotherUserIsNotConnectedTo() throws Exception {
    try (Child jvm = Jdk.own().idle();
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket(jvm)));
      giveAway(socket(jvm));
      assertThat(ask(jvm).artifacts().getFirst().note()).contains("not a socket of the JVM's own user");
      server.configureBlocking(false);
      assertThat(server.accept()).as("nobody came").isNull();
      mustBeUnharmed(jvm);
    }
  }

  @Test
  void anotherProcessOfTheSameUserThatListensInTheJvmsPlaceIsToldNothing() throws Exception {
    try (Child jvm = Jdk.own().idle();
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket(jvm)));
      Artifact first = ask(jvm).artifacts().getFirst();
      assertThat(first.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(first.note()).contains("another process than the one that is asked listens");
      mustBeUnharmed(jvm);
    }
  }

  @Test
  void theWayIntoAProcessThatTookOverThePidStaysShut() throws Exception {
    try (Child jvm = Jdk.own().idle()) {
      TargetProcess before = new TargetProcess(jvm.folder(), jvm.startTicks() - 1);
      assertThatThrownBy(() -> before.open(Path.of("/tmp"))).isInstanceOf(AttachRefused.class)
          .hasMessageContaining("has ended");
      assertThatThrownBy(() -> AttachFiles.of(before)).isInstanceOf(AttachRefused.class);
    }
  }

  @Test
  void theTriggerIsGoneOnceTheJvmListens() throws Exception {
    try (Child jvm = Jdk.own().idle()) {
      assertThat(ask(jvm).contacted()).isTrue();
      assertThat(socket(jvm)).exists();
      assertThat(trigger(jvm)).doesNotExist();
      mustBeUnharmed(jvm);
    }
  }
}
