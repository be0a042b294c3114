package io.tare.model.alloc;

import io.tare.model.AddressRange;
import java.util.List;

/** glibc's malloc, walked from outside: its arenas, and the chunks that it mapped one by one. */
public record MallocReading(List<Arena> arenas, List<AddressRange> mmappedChunks) {
  public MallocReading {
    arenas = List.copyOf(arenas);
    mmappedChunks = List.copyOf(mmappedChunks);
  }

  /**
   * One arena.
   *
   * @param main the arena that grows by {@code brk}
   * @param systemBytes what it took from the kernel
   * @param inUseBytes chunks handed out, as far as they were walked
   * @param freeBytes chunks given back and kept, the untouched top included
   * @param freeResidentBytes the whole pages among them that are resident: what a trim could return
   * @param complete false when the walk met something that it did not understand; the rest then counts as in use
   * @param segments where the arena lies
   */
  public record Arena(
      long address,
      boolean main,
      long systemBytes,
      long inUseBytes,
      long freeBytes,
      long freeResidentBytes,
      boolean complete,
      List<AddressRange> segments) {
    public Arena {
      segments = List.copyOf(segments);
    }
  }
}
