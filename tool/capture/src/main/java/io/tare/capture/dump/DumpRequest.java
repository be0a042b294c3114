package io.tare.capture.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is to be dumped.
 *
 * @param liveOnly run a full collection and leave the garbage out
 * @param gzipLevel 1 to 9 to have the JVM compress the file
 */
public record DumpRequest(boolean liveOnly, OptionalInt gzipLevel) {
  /** What the attach command {@code dumpheap} takes: {@code /tmp/x.hprof -all 1}. */
  List<String> arguments(String file) {
    List<String> arguments = new ArrayList<>(List.of(file, liveOnly ? "-live" : "-all"));
    gzipLevel.ifPresent(level -> arguments.add(Integer.toString(level)));
    return arguments;
  }
}
