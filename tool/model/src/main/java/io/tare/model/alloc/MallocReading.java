package io.tare.model.alloc;

import io.tare.model.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * malloc, walked from outside: glibc's arenas, and the chunks that it mapped one by one; or the regions of an allocator in its place,
 * told as arenas are.
 *
 * @param allocator whose malloc the program calls, as far as its libraries and symbols tell: {@code glibc}, {@code musl},
 *        {@code jemalloc}, {@code tcmalloc}, {@code mimalloc} … or {@code unknown}. The arenas are glibc's unless it was walked
 * @param walked the other allocator whose own structures were read; empty where it is only known by name
 * @param tables where that allocator keeps its structures
 */
public record MallocReading(
    String allocator,
    List<Arena> arenas,
    List<AddressRange> mmappedChunks,
    Optional<String> walked,
    List<AddressRange> tables) {
  public static final String GLIBC = "glibc";
  public static final String UNKNOWN = "unknown";

  public MallocReading(String allocator, List<Arena> arenas, List<AddressRange> mmappedChunks) {
    this(allocator, arenas, mmappedChunks, Optional.empty(), List.of());
  }

  public MallocReading(List<Arena> arenas, List<AddressRange> mmappedChunks) {
    this(GLIBC, arenas, mmappedChunks);
  }

  public MallocReading {
    arenas = List.copyOf(arenas);
    mmappedChunks = List.copyOf(mmappedChunks);
    tables = List.copyOf(tables);
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
