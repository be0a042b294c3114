package io.tare.ledger.runtimes.natives;

import static io.tare.model.ledger.Confidence.DERIVED;
import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.ledger.owners.Books;
import io.tare.ledger.owners.Claim;
import io.tare.ledger.owners.Claim.Strength;
import io.tare.ledger.owners.Owner;
import io.tare.ledger.words.Words;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.ledger.Account;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import io.tare.model.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** malloc from the walk over its arenas, or over another allocator's regions, to the ledger's lines. */
public final class Malloc {
  private static final List<String> FOREIGN = List.of("jemalloc", "tcmalloc", "mimalloc", "snmalloc", "hoard");

  private Malloc() {}

  /** An arena's segments count as used until they are split; blocks mapped one by one are in use as a whole. */
  static List<Claim> claims(MallocReading malloc) {
    List<Claim> claims = new ArrayList<>();
    for (Arena arena : malloc.arenas()) {
      String source = malloc.walked().map(name -> name + "'s structures").orElse("arena walked");
      Owner owner = Owner.arena(Account.MALLOC_USED, arena.address(), arena.complete() ? MEASURED : DERIVED,
          arena.complete() ? source : "arena walked in part: the rest counts as in use");
      arena.segments().forEach(segment -> claims.add(Claim.ofPages(segment, owner, Strength.RANGE)));
    }
    Owner mapped = Owner.of(Account.MALLOC_MMAPPED, MEASURED, "chunk headers");
    malloc.mmappedChunks().forEach(chunk -> claims.add(Claim.ofPages(chunk, mapped, Strength.BLOCK_HEADER)));
    Owner tables = Owner.of(Account.MALLOC_OVERHEAD, MEASURED, "where the allocator's structures lie");
    malloc.tables().forEach(table -> claims.add(Claim.ofPages(table, tables, Strength.RANGE)));
    return claims;
  }

  /** Parts each arena's resident bytes into used and kept. */
  static Books split(Books books, MallocReading malloc) {
    Books split = books;
    for (Arena arena : malloc.arenas()) {
      List<Owner> owners = books.owners(Account.MALLOC_USED).stream()
          .filter(owner -> owner.detail().equals(new Owner.Arena(arena.address()))).toList();
      long resident = owners.stream().mapToLong(owner -> books.bytes().getOrDefault(owner, 0L)).sum();
      Owner idle = Owner.arena(Account.MALLOC_IDLE, arena.address(), MEASURED,
          "arena walked: resident, but in no chunk that is in use");
      for (Owner used : owners) {
        split = split.move(used, idle, idleBytes(arena, resident));
      }
    }
    return split;
  }

  /**
   * Two lower bounds, of which the higher holds: free chunks' whole resident pages; and what is resident beyond all chunks in use,
   * which also counts free chunks that are smaller than a page.
   */
  private static long idleBytes(Arena arena, long resident) {
    return arena.complete()
        ? Math.max(arena.freeResidentBytes(), resident - arena.inUseBytes())
        : arena.freeResidentBytes();
  }

  static List<Figure> details(MallocReading malloc) {
    if (malloc.walked().isPresent()) {
      return List.of(new Figure("malloc", malloc.walked().get()),
          new Figure("malloc in use", Words.bytes(sum(malloc, Arena::inUseBytes))),
          new Figure("malloc free, resident or not", Words.bytes(sum(malloc, Arena::freeBytes))));
    }
    long threads = malloc.arenas().stream().filter(arena -> !arena.main()).count();
    return List.of(new Figure("malloc arenas", "main and " + threads + " of threads"),
        new Figure("malloc in use", Words.bytes(sum(malloc, Arena::inUseBytes))),
        new Figure("malloc free, resident or not", Words.bytes(sum(malloc, Arena::freeBytes))));
  }

  private static long sum(MallocReading malloc, ToLongFunction<Arena> bytes) {
    return malloc.arenas().stream().mapToLong(bytes).sum();
  }

  /**
   * The name of an allocator that is not glibc's, by a mapped library or by the executable's own symbols; empty for glibc's or an
   * unknown one.
   */
  static Optional<String> foreign(Smaps smaps, Map<String, String> executable) {
    for (Mapping mapping : smaps.mappings()) {
      if (mapping.hasPath()) {
        String file = mapping.name().substring(mapping.name().lastIndexOf('/') + 1);
        Optional<String> known = FOREIGN.stream().filter(name -> file.startsWith("lib" + name)).findFirst();
        if (known.isPresent()) {
          return known;
        }
        if (file.startsWith("ld-musl-") || file.startsWith("libc.musl-")) {
          return Optional.of("musl");
        }
      }
    }
    String linked = executable.getOrDefault("allocator", "");
    return linked.isEmpty() || linked.equals("glibc") ? Optional.empty() : Optional.of(linked);
  }
}
