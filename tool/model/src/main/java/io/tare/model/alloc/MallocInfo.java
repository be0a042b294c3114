package io.tare.model.alloc;

import java.util.List;

/**
 * What glibc's {@code malloc_info} says of its arenas.
 *
 * @param freeBytes chunks that are kept and not in use, over all arenas
 * @param mmappedBytes chunks that were mapped one by one
 * @param systemBytes what the arenas took from the kernel; mapped chunks are not in it
 */
public record MallocInfo(List<Arena> arenas, long systemBytes, long freeBytes, long mmappedBytes, long mmappedChunks) {
  public MallocInfo {
    arenas = List.copyOf(arenas);
  }

  /** One arena; number 0 is the main one. */
  public record Arena(int number, long systemBytes, long freeBytes) {}

  /** What is handed out, the headers of chunks included. */
  public long inUseBytes() {
    return systemBytes - freeBytes + mmappedBytes;
  }
}
