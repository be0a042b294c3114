package io.tare.capture;

import io.tare.model.capture.RuntimeKind;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.regex.Pattern;

/** Tells the kind of runtime from what is mapped. Go leaves no library behind; its executable tells. */
final class RuntimeGuess {
  private static final Pattern HOTSPOT = Pattern.compile(".*/libjvm\\.so( \\(deleted\\))?");
  private static final Pattern PYTHON = Pattern
      .compile(".*/(libpython\\d[\\d.]*\\w*\\.so[\\d.]*|python\\d?[\\d.]*)( \\(deleted\\))?");
  private static final String GO_ARENA = "c000000000";

  private RuntimeGuess() {}

  static RuntimeKind of(Smaps smaps) {
    boolean python = false;
    boolean go = false;
    for (Mapping mapping : smaps.mappings()) {
      if (HOTSPOT.matcher(mapping.name()).matches()) {
        return RuntimeKind.HOTSPOT;
      }
      python |= mapping.isExecutable() && PYTHON.matcher(mapping.name()).matches();
      go |= mapping.isAnonymous() && Long.toHexString(mapping.range().start()).equals(GO_ARENA);
    }
    if (python) {
      return RuntimeKind.CPYTHON;
    }
    if (smaps.mappings().isEmpty()) {
      return RuntimeKind.UNKNOWN;
    }
    return go ? RuntimeKind.GO : RuntimeKind.NATIVE;
  }
}
