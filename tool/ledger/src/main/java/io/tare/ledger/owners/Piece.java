package io.tare.ledger.owners;

import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A mapping, or the part of one that has a single owner, and its share of the mapping's resident bytes.
 *
 * @param changedBytes its share of the mapping's changed pages
 */
public record Piece(Mapping mapping, AddressRange range, Optional<Owner> owner, long residentBytes, long changedBytes) {

  public Piece withOwner(Owner other) {
    return new Piece(mapping, range, Optional.of(other), residentBytes, changedBytes);
  }

  /** Two pieces of the same range: this owner's, and another's so many bytes of it. */
  public List<Piece> split(long otherBytes, Owner other) {
    long otherChanged = Math.min(changedBytes, otherBytes);
    return List.of(new Piece(mapping, range, owner, residentBytes - otherBytes, changedBytes - otherChanged),
        new Piece(mapping, range, Optional.of(other), otherBytes, otherChanged)).stream()
        .filter(piece -> piece.residentBytes > 0).toList();
  }

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
    long[] resident = parts.size() == 1 ? new long[] {rss} : shares(rss, weights(mapping, pages, parts));
    long[] changed = changed(Math.min(rss, mapping.bytes().dirty()), resident);
    for (int i = 0; i < resident.length; i++) {
      if (resident[i] > 0) {
        into.add(new Piece(mapping, parts.get(i).range(), parts.get(i).owner(), resident[i], changed[i]));
      }
    }
  }

  /** Present bytes of each part; where pagemap was not read, the parts' sizes. */
  private static long[] weights(Mapping mapping, ResidentPages pages, List<Part> parts) {
    boolean known = pages.covers(mapping.range()) && pages.presentBytes(mapping.range()) > 0;
    return parts.stream().map(Part::range)
        .mapToLong(range -> known ? pages.presentBytes(range) : range.bytes()).toArray();
  }

  /** Shares of {@code whole} in proportion to the weights, nothing lost and nothing made; what rounding leaves goes to the heaviest. */
  static long[] shares(long whole, long... weights) {
    BigInteger sum = BigInteger.ZERO;
    int heaviest = 0;
    for (int i = 0; i < weights.length; i++) {
      sum = sum.add(BigInteger.valueOf(weights[i]));
      heaviest = weights[i] > weights[heaviest] ? i : heaviest;
    }
    if (sum.signum() == 0) {
      long[] all = new long[weights.length];
      all[heaviest] = whole;
      return all;
    }
    if (sum.equals(BigInteger.valueOf(whole))) {
      return weights.clone();
    }
    long[] shares = new long[weights.length];
    long given = 0;
    for (int i = 0; i < weights.length; i++) {
      shares[i] = part(whole, weights[i], sum);
      given += shares[i];
    }
    shares[heaviest] += whole - given;
    return shares;
  }

  /** Shares of the changed bytes in proportion to the resident ones, none larger than these. Each is the step of a running sum. */
  static long[] changed(long whole, long... resident) {
    BigInteger sum = BigInteger.valueOf(Arrays.stream(resident).sum());
    long[] shares = new long[resident.length];
    long before = 0;
    long given = 0;
    for (int i = 0; i < resident.length; i++) {
      before += resident[i];
      shares[i] = part(whole, before, sum) - given;
      given += shares[i];
    }
    return shares;
  }

  private static long part(long whole, long weight, BigInteger sum) {
    return BigInteger.valueOf(whole).multiply(BigInteger.valueOf(weight)).divide(sum).longValueExact();
  }
}
