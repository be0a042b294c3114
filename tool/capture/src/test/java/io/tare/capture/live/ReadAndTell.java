package io.tare.capture.live;

import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.capture.attach.Ask;
import io.tare.model.capture.Capture;
import java.util.Set;

/** Reads a process and prints how each artefact went; run as another user. */
final class ReadAndTell {
  private ReadAndTell() {}

  public static void main(String[] arguments) throws Exception {
    Capture capture = new Capturer().capture(Long.parseLong(arguments[0]),
        CaptureOptions.PASSIVE.asking(Set.of(Ask.BASIC)), Progress.NONE);
    System.out.println("runtime " + capture.target().runtime());
    capture.artifacts().values().forEach(
        artifact -> System.out.println(artifact.name() + " " + artifact.outcome() + " " + artifact.note()));
    System.out.println("done");
  }
}
