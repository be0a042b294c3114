package io.tare.capture.attach;

import io.tare.capture.proc.JvmFlags;
import java.util.stream.Collectors;

/** Keeps of an answer of VM.flags the flags with harmless values. */
final class FlagScrub {
  private FlagScrub() {}

  static String scrubAll(String answer) {
    return answer.lines().map(JvmFlags::harmlessOf).filter(line -> !line.isEmpty())
        .map(line -> line + "\n").collect(Collectors.joining());
  }
}
