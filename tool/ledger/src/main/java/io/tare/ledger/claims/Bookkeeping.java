package io.tare.ledger.claims;

import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts every resident mapping where its owner changes, and shares its resident bytes out. */
public final class Bookkeeping {
  private Bookkeeping() {}

  /**
   * The pieces of all mappings that hold resident bytes, by address. The pieces of a mapping sum to its RSS exactly.
   *
   * <p>pagemap counts the kernel's zero page as present and smaps doesn't, and the two are read at different moments: so the
   * page counts give the proportion, and smaps the sum.
   */
  public static List<Piece> cut(Smaps smaps, ResidentPages pages, OwnerMap owners) {
    List<Piece> pieces = new ArrayList<>();
    List<Claim> won = owners.won();
    int next = 0;
    for (Mapping mapping : smaps.mappings()) {
      while (next < won.size() && Long.compareUnsigned(won.get(next).range().end(), mapping.range().start()) <= 0) {
        next++;
      }
      if (mapping.bytes().rss() > 0) {
        share(mapping, pages, parts(mapping.range(), won, next), pieces);
      }
    }
    return List.copyOf(pieces);
  }

  private record Part(AddressRange range, Optional<Owner> owner) {}

  private static List<Part> parts(AddressRange whole, List<Claim> won, int first) {
    List<Part> parts = new ArrayList<>();
    long at = whole.start();
    for (int i = first; i < won.size() && won.get(i).range().intersects(whole); i++) {
      AddressRange owned = won.get(i).range().intersection(whole);
      if (owned.start() != at) {
        parts.add(new Part(new AddressRange(at, owned.start()), Optional.empty()));
      }
      parts.add(new Part(owned, Optional.of(won.get(i).owner())));
      at = owned.end();
    }
    if (at != whole.end()) {
      parts.add(new Part(new AddressRange(at, whole.end()), Optional.empty()));
    }
    return parts;
  }

  private static void share(Mapping mapping, ResidentPages pages, List<Part> parts, List<Piece> into) {
    long rss = mapping.bytes().rss();
    if (parts.size() == 1) {
      into.add(new Piece(mapping, mapping.range(), parts.getFirst().owner(), rss));
      return;
    }
    long[] weights = weights(mapping, pages, parts);
    long[] shares = Shares.of(rss, weights);
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        into.add(new Piece(mapping, parts.get(i).range(), parts.get(i).owner(), shares[i]));
      }
    }
  }

  /** Present bytes of each part; where pagemap was not read, the parts' sizes. */
  private static long[] weights(Mapping mapping, ResidentPages pages, List<Part> parts) {
    boolean known = pages.covers(mapping.range()) && pages.presentBytes(mapping.range()) > 0;
    return parts.stream().map(Part::range)
        .mapToLong(range -> known ? pages.presentBytes(range) : range.bytes()).toArray();
  }
}
