package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The variables of a program: the writable mappings of its files, and the anonymous ones that continue them. */
final class GoData {
  private static final long MOST_BYTES = 64L << 20;

  private GoData() {}

  /** The present stretches of the variables. */
  static Stream<AddressRange> runs(ProcessMemory memory, Smaps smaps) {
    return mappings(smaps).stream().map(Mapping::range).filter(range -> range.bytes() <= MOST_BYTES)
        .flatMap(range -> memory.presentRuns(range).stream());
  }

  /** Writable anonymous mappings that hold no variables. */
  static Stream<AddressRange> others(Smaps smaps) {
    List<Mapping> variables = mappings(smaps);
    return smaps.mappings().stream()
        .filter(mapping -> mapping.isAnonymous() && mapping.isWritable() && !mapping.isSharedMapping())
        .filter(mapping -> !variables.contains(mapping)).map(Mapping::range);
  }

  private static List<Mapping> mappings(Smaps smaps) {
    List<Mapping> variables = new ArrayList<>();
    long endOfFile = 0;
    for (Mapping mapping : smaps.mappings()) {
      boolean continues = mapping.range().start() == endOfFile
          && (mapping.isAnonymous() || mapping.name().equals("[heap]"));
      boolean ofFile = mapping.hasPath() && !mapping.isSharedMapping();
      if (mapping.isWritable() && (ofFile || continues)) {
        variables.add(mapping);
      }
      endOfFile = ofFile || continues ? mapping.range().end() : 0;
    }
    return variables;
  }
}
