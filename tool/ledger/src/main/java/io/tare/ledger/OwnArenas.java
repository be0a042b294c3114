package io.tare.ledger;

import static io.tare.model.ledger.Confidence.INFERRED;
import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.owners.Owner;
import io.tare.ledger.owners.Piece;
import io.tare.ledger.runtimes.natives.Natives;
import io.tare.ledger.words.Words;
import io.tare.model.AddressRange;
import io.tare.model.alloc.ZeroPages;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.report.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arenas that a program maps and fills itself: what of them holds only zeros is capacity, and in use by nobody. Whether the rest is in
 * use is the program's to say.
 */
final class OwnArenas {
  private OwnArenas() {}

  /** The pieces; one that is a whole anonymous mapping is two where a part of it holds only zeros. */
  static List<Piece> split(Evidence evidence, List<Piece> pieces) {
    Map<AddressRange, ZeroPages> zeros = new HashMap<>();
    Natives.zeros(evidence).forEach(one -> zeros.put(one.range(), one));
    List<Piece> split = new ArrayList<>();
    for (Piece piece : pieces) {
      boolean isArena = piece.owner().filter(owner -> owner.account() == Account.ANONYMOUS).isPresent();
      Optional<ZeroPages> found = Optional.ofNullable(zeros.get(piece.range()))
          .filter(read -> isArena && read.residentZeroBytes(piece.residentBytes()) > 0);
      split.addAll(found.map(read -> piece.split(read.residentZeroBytes(piece.residentBytes()), empty(read)))
          .orElse(List.of(piece)));
    }
    return List.copyOf(split);
  }

  private static Owner empty(ZeroPages found) {
    Confidence confidence = found.isSample() ? INFERRED : MEASURED;
    return Owner.of(Account.ANONYMOUS_ZERO, confidence, found.isSample()
        ? "a sample of its pages: arena capacity never touched or zeroed"
        : "its pages, all read: arena capacity never touched or zeroed");
  }

  /** Capacity, content, zeros and the part never touched, of each arena that was looked at. */
  static List<Figure> details(Evidence evidence, List<Piece> pieces) {
    Map<AddressRange, Long> resident = new HashMap<>();
    pieces.stream().filter(piece -> piece.owner().filter(OwnArenas::isArena).isPresent())
        .forEach(piece -> resident.merge(piece.range(), piece.residentBytes(), Math::addExact));
    return Natives.zeros(evidence).stream().filter(zeros -> resident.containsKey(zeros.range()))
        .map(zeros -> figure(zeros, resident.getOrDefault(zeros.range(), 0L))).toList();
  }

  private static boolean isArena(Owner owner) {
    return owner.account() == Account.ANONYMOUS || owner.account() == Account.ANONYMOUS_ZERO;
  }

  private static Figure figure(ZeroPages found, long resident) {
    long empty = found.residentZeroBytes(resident);
    long capacity = found.range().bytes();
    String sure = found.isSample()
        ? "; " + found.readPages() + " of " + found.presentPages() + " pages read, \u00b1 "
            + Words.bytes(found.errorBytes())
        : "; all pages read";
    return new Figure("arena " + found.range(), "capacity " + Words.bytes(capacity) + ", with content "
        + Words.bytes(resident - empty) + ", only zeros " + Words.bytes(empty) + ", never touched or given back "
        + Words.bytes(Math.max(0, capacity - resident)) + sure);
  }
}
