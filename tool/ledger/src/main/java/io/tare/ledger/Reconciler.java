package io.tare.ledger;

import io.tare.ledger.claims.Bookkeeping;
import io.tare.ledger.claims.Books;
import io.tare.ledger.claims.Claims;
import io.tare.ledger.claims.OwnerMap;
import io.tare.ledger.claims.Piece;
import io.tare.ledger.claims.Splits;
import io.tare.ledger.claims.Unclaimed;
import io.tare.model.ledger.Ledger;
import io.tare.model.proc.Smaps;
import java.util.List;
import java.util.Optional;

/** Evidence to ledger. */
public final class Reconciler {
  private Reconciler() {}

  /** The ledger, and the pieces of mappings that it was summed up from. */
  public record Reconciled(Ledger ledger, List<Piece> pieces) {
    public Reconciled {
      pieces = List.copyOf(pieces);
    }
  }

  /** Empty when the mappings' counts were not to be had: without them there is nothing to balance against. */
  public static Optional<Reconciled> reconcile(Evidence evidence) {
    return evidence.smaps().map(smaps -> reconcile(evidence, smaps));
  }

  private static Reconciled reconcile(Evidence evidence, Smaps smaps) {
    OwnerMap owners = OwnerMap.of(Claims.of(evidence));
    List<Piece> cut = Bookkeeping.cut(smaps, evidence.pages(), owners);
    List<Piece> pieces = Unclaimed.assign(evidence, smaps, cut);
    Books books = Splits.apply(Books.of(pieces), evidence);
    return new Reconciled(new Ledger(smaps.total(bytes -> bytes.rss()), books.entries(), books.unexplained()), pieces);
  }
}
