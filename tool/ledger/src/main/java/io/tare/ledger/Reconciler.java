package io.tare.ledger;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.owners.Books;
import io.tare.ledger.owners.Claim;
import io.tare.ledger.owners.OwnerMap;
import io.tare.ledger.owners.Piece;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.model.ledger.Ledger;
import io.tare.model.proc.Smaps;
import java.util.List;
import java.util.Optional;

/** Evidence to ledger. */
final class Reconciler {
  private Reconciler() {}

  /** The ledger, and the pieces of mappings that it was summed up from. */
  record Reconciled(Ledger ledger, List<Piece> pieces) {
    Reconciled {
      pieces = List.copyOf(pieces);
    }
  }

  /** Empty when the mappings' counts were not to be had: without them there is nothing to balance against. */
  static Optional<Reconciled> reconcile(Evidence evidence) {
    return evidence.smaps().map(smaps -> reconcile(evidence, smaps));
  }

  private static Reconciled reconcile(Evidence evidence, Smaps smaps) {
    List<Claim> claims = KnownRuntimes.ALL.stream().flatMap(runtime -> runtime.claims(evidence).stream()).toList();
    List<Piece> cut = Piece.cut(smaps, evidence.pages(), OwnerMap.of(claims));
    List<Piece> pieces = OwnArenas.split(evidence, Unclaimed.assign(evidence, smaps, cut));
    Books books = Books.of(pieces);
    for (KnownRuntime runtime : KnownRuntimes.ALL) {
      books = runtime.split(books, evidence);
    }
    return new Reconciled(new Ledger(smaps.total(bytes -> bytes.rss()), books.entries(), books.unexplained()), pieces);
  }
}
