package io.tare.ledger.runtimes.hotspot;

import static io.tare.model.ledger.Confidence.DERIVED;
import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.owners.Books;
import io.tare.ledger.owners.Owner;
import io.tare.model.ledger.Account;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MemoryDescriptor;
import java.util.List;
import java.util.OptionalLong;

/** Splits the Java heap's resident bytes: counted twice, used, idle; and used into live and garbage when that was asked for. */
final class HeapSplit {
  private static final Owner DUPLICATE = Owner.of(Account.HEAP_DUPLICATE, MEASURED,
      "heap pages that are mapped at more than one address");

  private HeapSplit() {}

  static Books apply(Books books, Evidence evidence) {
    Books split = onceOnly(books, evidence);
    split = usedAndIdle(split, evidence);
    return liveAndGarbage(split, HeapFigures.of(evidence));
  }

  /**
   * A heap in a memory file that is mapped several times counts in RSS each time. PSS divides every page by the number of its
   * mappings, and the file's blocks bound it: pages that were reserved but never touched occupy blocks too.
   */
  private static Books onceOnly(Books books, Evidence evidence) {
    List<Mapping> views = evidence.smaps().stream().flatMap(s -> s.mappings().stream())
        .filter(m -> m.name().contains("java_heap")).toList();
    if (views.isEmpty()) {
      return books;
    }
    long mapped = views.stream().mapToLong(m -> m.bytes().rss()).sum();
    long proportional = views.stream().mapToLong(m -> m.bytes().pss()).sum();
    long once = Math.min(proportional, heapFileBytes(evidence).orElse(proportional));
    long resident = books.total(Account.HEAP_USED) + books.total(Account.HEAP_IDLE);
    long duplicate = Math.min(Math.max(0, mapped - once), resident);
    Books moved = books.move(Account.HEAP_IDLE, DUPLICATE, duplicate);
    return moved.move(Account.HEAP_USED, DUPLICATE, duplicate - moved.total(Account.HEAP_DUPLICATE));
  }

  /** The blocks of a heap that lies in a memory file, touched or not. */
  static OptionalLong heapFileBytes(Evidence evidence) {
    return evidence.kernel().descriptors().stream().filter(fd -> fd.target().contains("java_heap"))
        .mapToLong(MemoryDescriptor::allocatedBytes).max();
  }

  /** Where no source knows the heap's parts, the used total still splits the resident bytes. */
  private static Books usedAndIdle(Books books, Evidence evidence) {
    boolean partsKnown = Jvm.of(evidence).knowsHeapParts();
    boolean duplicated = books.total(Account.HEAP_DUPLICATE) > 0;
    OptionalLong used = HeapFigures.of(evidence).used();
    if (used.isEmpty() && !partsKnown) {
      return books.rebook(Account.HEAP_USED, Account.HEAP_UNSPLIT,
          "the heap, of which nothing tells how much is in use");
    }
    if (used.isEmpty() || (partsKnown && !duplicated)) {
      return books;
    }
    long resident = books.total(Account.HEAP_USED) + books.total(Account.HEAP_IDLE);
    long idle = Math.max(0, resident - used.getAsLong());
    Owner idleOwner = Owner.of(Account.HEAP_IDLE, DERIVED, "resident heap less heap in use");
    Owner usedOwner = Owner.of(Account.HEAP_USED, DERIVED, "the JVM's own count of heap in use");
    long idleNow = books.total(Account.HEAP_IDLE);
    return idle >= idleNow
        ? books.move(Account.HEAP_USED, idleOwner, idle - idleNow)
        : books.move(Account.HEAP_IDLE, usedOwner, idleNow - idle);
  }

  private static Books liveAndGarbage(Books books, HeapFigures heap) {
    if (heap.exactLive().isEmpty()) {
      return books;
    }
    Owner live = Owner.of(Account.HEAP_LIVE, MEASURED, "heap in use right after a full collection");
    Owner garbage = Owner.of(Account.HEAP_GARBAGE, DERIVED, "heap in use less live heap");
    long used = books.total(Account.HEAP_USED);
    long liveBytes = Math.min(used, heap.exactLive().getAsLong());
    return books.move(Account.HEAP_USED, live, liveBytes).move(Account.HEAP_USED, garbage, used - liveBytes);
  }
}
