package io.tare.capture.memory.dotnet;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.dotnet.LibraryData.Words;
import java.util.Optional;

/**
 * The list of its variables that .NET's collector keeps for debuggers: two bytes of a version, the size of a generation's description, from .NET 5
 * on how many generations there are, and then where each variable is, in an order to which later versions only add. It is believed where
 * another variable names it, and where the oldest generation that it tells of is 2, as it is in every .NET.
 *
 * @param at of the first pointer
 * @param counted whether it tells how many generations there are
 */
record GcVariables(ProcessMemory memory, long generationBytes, int generations, boolean counted, long at) {
  /** What the pointers lead to, by their order. */
  static final int BUILD = 0;
  static final int IS_SERVER_BUILD = 1;
  static final int TABLE_OF_GENERATIONS = 3;
  static final int OLDEST = 4;
  static final int ALLOCATED_IN = 7;
  static final int ALLOCATED_TO = 12;
  static final int HEAP_COUNT = 19;
  static final int HEAPS = 20;
  static final int AT_WORK = 21;
  static final int FIELDS_OF_HEAP = 27;

  private static final int MOST_VERSION = 15;
  private static final int LEAST_GENERATION = 128;
  private static final int MOST_GENERATION = 1024;
  private static final int LEAST_GENERATIONS = 4;
  private static final int MOST_GENERATIONS = 8;

  static Optional<GcVariables> find(ProcessMemory memory, LibraryData data) {
    for (Words block : data.blocks()) {
      for (int i = 0; i < block.count(); i++) {
        if (mayBegin(block, i)) {
          GcVariables found = at(memory, block, i);
          if (found.isTrue() && data.names(block.address(i))) {
            return Optional.of(found);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean mayBegin(Words block, int index) {
    long version = block.word(index);
    long bytes = block.word(index + 1);
    return version >>> Short.SIZE == 0 && (version & 0xff) >= 1 && (version & 0xff) <= MOST_VERSION
        && bytes >= LEAST_GENERATION && bytes <= MOST_GENERATION && bytes % Long.BYTES == 0;
  }

  private static GcVariables at(ProcessMemory memory, Words block, int index) {
    long generations = block.word(index + 2);
    boolean counted = generations >= LEAST_GENERATIONS && generations <= MOST_GENERATIONS;
    return new GcVariables(memory, block.word(index + 1), counted ? (int) generations : LEAST_GENERATIONS, counted,
        block.address(index + (counted ? 3 : 2)));
  }

  private boolean isTrue() {
    boolean oneTable = pointer(TABLE_OF_GENERATIONS) != 0 ^ pointer(HEAPS) != 0;
    return oneTable && pointer(BUILD) > 0 && pointer(IS_SERVER_BUILD) > 0
        && memory.u32(pointer(OLDEST)).orElse(0) == 2;
  }

  /** Where that variable is; 0 where this collector has none. */
  long pointer(int index) {
    return memory.u64(at + (long) index * Long.BYTES).orElse(0);
  }

  /** Whether a collection is just changing what is read here. */
  boolean areInvalid() {
    return memory.u32(pointer(AT_WORK)).orElse(1) != 0;
  }
}
