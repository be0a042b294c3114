package io.tare.ledger.runtimes.hotspot;

import static io.tare.model.ledger.Confidence.DERIVED;

import io.tare.ledger.owners.Books;
import io.tare.ledger.owners.Owner;
import io.tare.model.jvm.NmtReport;
import io.tare.model.ledger.Account;
import java.util.List;
import java.util.OptionalLong;

/**
 * Names what of malloc's memory in use the JVM has counted by its taker: direct buffers, by the JDK's own counter, and, where native memory
 * tracking was asked, what Java code took around that counter, as Netty's pools do.
 *
 * <p>The counters tell how much, not where. Large blocks are taken first, because a buffer is a large block as a rule; the sums of the
 * accounts stay what they are.
 */
public final class CountedNative {
  private static final String BUFFERS = "direct buffers";
  private static final String AROUND = "uncounted, by Java code";
  private static final List<Account> IN_USE = List.of(Account.MALLOC_MMAPPED, Account.MALLOC_USED);

  private CountedNative() {}

  public static Books apply(Books books, Jvm jvm) {
    long buffers = jvm.number("direct.reserved").orElse(0);
    Books named = name(books, BUFFERS, buffers, "the JDK's count of direct buffers, as far as it is resident");
    OptionalLong byJava = unsafeBytes(jvm);
    return byJava.isEmpty()
        ? named
        : name(named, AROUND, byJava.getAsLong() - buffers,
            "native memory tracking (Other) less the JDK's count of direct buffers");
  }

  /** All that {@code Unsafe.allocateMemory} holds: a category of its own since JDK 11. */
  static OptionalLong unsafeBytes(Jvm jvm) {
    return jvm.nmt().stream().flatMap(nmt -> nmt.categories().stream())
        .filter(category -> category.name().equals("Other")).map(NmtReport.Category::mallocBytes)
        .filter(OptionalLong::isPresent).findFirst().orElse(OptionalLong.empty());
  }

  private static Books name(Books books, String name, long bytes, String source) {
    Books next = books;
    long left = bytes;
    for (Account account : IN_USE) {
      Owner named = Owner.named(account, name, DERIVED, source);
      for (Owner owner : books.owners(account)) {
        if (left > 0 && owner.detail().ledgerName().isEmpty()) {
          long moved = Math.min(left, books.bytes().getOrDefault(owner, 0L));
          next = next.move(owner, named, moved);
          left -= moved;
        }
      }
    }
    return next;
  }
}
