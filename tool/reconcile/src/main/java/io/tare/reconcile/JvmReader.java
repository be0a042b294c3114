package io.tare.reconcile;

import io.tare.formats.ParseLimits;
import io.tare.formats.jvm.PerfDataBytes;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.jvm.JvmLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Parses what a JVM says of itself: its counters, its structure tables, its answers. */
final class JvmReader {
  private static final ParseLimits LIMITS = ParseLimits.DEFAULT;

  private JvmReader() {}

  static Jvm read(ArtifactReader reader) {
    List<JvmLayout> layouts = new ArrayList<>();
    return new Jvm(layouts, reader.bytes(ArtifactNames.HSPERFDATA, (a, c) -> PerfDataBytes.parse(a, c, LIMITS)),
        Optional.empty(),
        OptionalLong.empty(), OptionalLong.empty());
  }
}
