package io.tare.ledger.claims;

import static io.tare.model.ledger.Confidence.DERIVED;
import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.ledger.Evidence;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.ledger.Account;
import java.util.OptionalLong;

/** Splits what addresses alone can't split: used from idle inside an arena. */
public final class Splits {
  private Splits() {}

  public static Books apply(Books books, Evidence evidence) {
    Books split = HeapSplit.apply(books, evidence);
    if (evidence.natives().malloc().isPresent()) {
      split = malloc(split, evidence.natives().malloc().get());
    }
    if (evidence.natives().go().isPresent()) {
      split = go(split, evidence.natives().go().get());
    }
    if (evidence.natives().python().isPresent()) {
      split = python(split, evidence.natives().python().get());
    }
    return split;
  }

  private static Books malloc(Books books, MallocReading malloc) {
    Books split = books;
    for (MallocReading.Arena arena : malloc.arenas()) {
      String name = NativeClaims.arenaName(arena);
      long resident = books.owners(Account.MALLOC_USED).stream().filter(owner -> owner.name().equals(name))
          .mapToLong(owner -> books.bytes().getOrDefault(owner, 0L)).sum();
      Owner idle = new Owner(Account.MALLOC_IDLE, name, MEASURED,
          "arena walked: resident, but in no chunk that is in use");
      for (Owner used : books.owners(Account.MALLOC_USED)) {
        if (used.name().equals(name)) {
          split = split.move(used, idle, idleBytes(arena, resident));
        }
      }
    }
    return split;
  }

  /**
   * Two lower bounds, of which the higher holds: free chunks' whole resident pages; and what is resident beyond all chunks in use,
   * which also counts free chunks that are smaller than a page.
   */
  private static long idleBytes(MallocReading.Arena arena, long resident) {
    return arena.complete()
        ? Math.max(arena.freeResidentBytes(), resident - arena.inUseBytes())
        : arena.freeResidentBytes();
  }

  private static Books go(Books books, RuntimeFacts go) {
    long arena = books.total(Account.GO_HEAP);
    OptionalLong inUse = go.number("heap.inuse");
    OptionalLong idleResident = go.number("heap.idle.resident");
    OptionalLong stacks = go.number("stacks.inuse");
    Books split = books;
    if (stacks.isPresent() && books.total(Account.GO_STACKS) == 0) {
      split = split.move(Account.GO_HEAP, new Owner(Account.GO_STACKS, "", MEASURED, "Go runtime's counters"),
          stacks.getAsLong());
    }
    if (idleResident.isPresent()) {
      Owner idle = new Owner(Account.GO_IDLE, "", MEASURED, "pages of no span that are resident");
      split = split.move(Account.GO_HEAP, idle, idleResident.getAsLong());
    } else if (inUse.isPresent()) {
      long idle = arena - inUse.getAsLong() - stacks.orElse(0);
      split = split.move(Account.GO_HEAP, new Owner(Account.GO_IDLE, "", DERIVED, "arena less spans in use and stacks"),
          idle);
    }
    return split;
  }

  private static Books python(Books books, RuntimeFacts python) {
    OptionalLong free = python.number("arenas.freeResidentBytes");
    return free.isEmpty()
        ? books
        : books.move(Account.PYTHON_ARENAS,
            new Owner(Account.PYTHON_IDLE, "", MEASURED, "pools and pages that hold no block"), free.getAsLong());
  }
}
