package io.tare.yaml.tape;

import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.memory.SourceText;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** placeholder */
final class ParallelLoader {
  private ParallelLoader() {
  }

  static TapeLoader.@Nullable Loaded load(SourceText text, MemorySegment source, YamlOptions options, Arena arena) {
    return null;
  }
}
