package io.tare.cases.faults.table;

import io.tare.cases.faults.scene.Situation;
import java.util.Optional;

/** What a fault runs in. */
public sealed interface Program {
  /**
   * A situation in a JVM.
   *
   * @param collector the only one that the situation makes sense with; empty where any will do
   */
  record Jvm(Situation situation, JvmFlags flags, Optional<String> collector, Need need) implements Program {
    Jvm only(String collectorLabel) {
      return new Jvm(situation, flags, Optional.of(collectorLabel), need);
    }

    Jvm needing(Need wanted) {
      return new Jvm(situation, flags, collector, wanted);
    }
  }

  /**
   * A program without a JVM, built on demand.
   *
   * @param source below {@code native/} in this module's resources
   * @param preload the library that serves malloc in it; empty for the C library's
   */
  record Native(String source, Toolchain toolchain, String preload) implements Program {
    Native(String source, Toolchain toolchain) {
      this(source, toolchain, "");
    }
  }

  /** What a fault needs beside a JDK. */
  enum Need {
    NOTHING, JEMALLOC, ZGC_THAT_MAPS_THREE_TIMES, OWN_CONTROL_GROUP
  }

  /** What turns a source into something that runs. */
  enum Toolchain {
    GCC,
    GO,
    /** With the C library, at any address, without symbols: as distributions ship Go programs. */
    GO_WITH_C,
    PYTHON,
    NODE
  }
}
