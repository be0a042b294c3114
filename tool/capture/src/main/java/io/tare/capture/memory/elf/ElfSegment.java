package io.tare.capture.memory.elf;

/** One program header: what the loader maps, and where before it moves the file. */
public record ElfSegment(int type, long offset, long address, long fileBytes, long memoryBytes) {
  public static final int LOAD = 1;
  public static final int DYNAMIC = 2;
}
