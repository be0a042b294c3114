package io.tare.capture.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.attach.Ask.Question;
import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.model.capture.Outcome;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecycledPidTest {

  @Test
  void aProcessWithTheRightPidAndAnotherStartTimeIsNotAsked() throws Exception {
    try (Child jvm = Jdk.own().idle()) {
      Asker asker = new Asker(jvm.folder(), jvm.startTicks() - 1, Duration.ofSeconds(1));
      Asker.Answers answers = asker.ask(Question.afterwards(Set.of(Ask.BASIC)));
      assertThat(answers.contacted()).isFalse();
      assertThat(answers.artifacts()).allSatisfy(artifact -> {
        assertThat(artifact.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(artifact.note()).contains("belongs to another one now");
      });
      assertThat(jvm.hasPendingQuit()).isFalse();
      assertThat(jvm.output()).doesNotContain("thread dump");
    }
  }

  @Test
  void everyAskStatesItsCostAndHasQuestions() {
    for (Ask ask : Ask.values()) {
      assertThat(ask.cost()).as(ask.word()).isNotBlank();
      assertThat(Question.ALL).anyMatch(question -> question.ask() == ask);
    }
  }
}
