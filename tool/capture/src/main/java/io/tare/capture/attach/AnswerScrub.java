package io.tare.capture.attach;

import io.tare.model.capture.ArtifactNames;

/** Takes out of an answer what must not leave the machine, before anyone sees it. */
final class AnswerScrub {
  private AnswerScrub() {}

  static String scrub(Question question, String answer) {
    return switch (question.artifact()) {
      case ArtifactNames.ASK_VM_INFO -> VmInfoScrub.scrub(answer);
      case ArtifactNames.ASK_FLAGS -> FlagScrub.scrubAll(answer);
      default -> answer;
    };
  }
}
