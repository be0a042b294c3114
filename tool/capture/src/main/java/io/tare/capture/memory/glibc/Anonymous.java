package io.tare.capture.memory.glibc;

import io.tare.model.proc.Mapping;

/** Which mappings malloc can have made. */
final class Anonymous {
  private Anonymous() {}

  static boolean isPrivateData(Mapping mapping) {
    return mapping.isAnonymous() && mapping.isWritable() && !mapping.isSharedMapping() && !mapping.isExecutable();
  }
}
