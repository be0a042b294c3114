package io.tare.reconcile;

import io.tare.model.ledger.Ledger;
import io.tare.model.proc.Smaps;
import io.tare.reconcile.attribution.Bookkeeping;
import io.tare.reconcile.attribution.Books;
import io.tare.reconcile.attribution.Claims;
import io.tare.reconcile.attribution.OwnerMap;
import io.tare.reconcile.attribution.Piece;
import io.tare.reconcile.attribution.Splits;
import io.tare.reconcile.attribution.Unclaimed;
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
