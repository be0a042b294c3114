package io.tare.capture.memory.elf;

/** One section: its addresses are those of the file, before the loader moved it. */
public record ElfSection(String name, int type, long address, long offset, long size, int link, long entrySize) {
  static final int SYMBOLS = 2;
  static final int DYNAMIC_SYMBOLS = 11;
  static final int NO_BITS = 8;

  boolean isSymbolTable() {
    return type == SYMBOLS || type == DYNAMIC_SYMBOLS;
  }
}
