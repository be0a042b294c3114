package io.tare.ledger.owners;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.ledger.owners.Claim.Strength;
import io.tare.model.AddressRange;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnerMapTest {
  private static final Owner HEAP = Owner.of(Account.HEAP_IDLE, Confidence.MEASURED, "test");
  private static final Owner USED = Owner.of(Account.HEAP_USED, Confidence.MEASURED, "test");
  private static final Owner STACK = Owner.stack(Account.STACKS_JAVA, 7, "main", Confidence.MEASURED, "test");

  @Test
  void aPartCutsItsReservationInThree() {
    OwnerMap map = OwnerMap
        .of(List.of(claim(0x1000, 0x9000, HEAP, Strength.HEAP_RESERVATION),
            claim(0x3000, 0x5000, USED, Strength.PART)));
    assertThat(map.won()).extracting(c -> c.range().toString() + " " + c.owner().account().id())
        .containsExactly("1000-3000 heap.idle", "3000-5000 heap.used", "5000-9000 heap.idle");
  }

  @Test
  void neighboursOfOneOwnerAreJoined() {
    OwnerMap map = OwnerMap
        .of(List.of(claim(0x1000, 0x2000, USED, Strength.PART), claim(0x2000, 0x3000, USED, Strength.PART)));
    assertThat(map.won()).hasSize(1);
  }

  @Test
  void theNarrowerOfTwoEquallyStrongClaimsWins() {
    OwnerMap map = OwnerMap
        .of(List.of(claim(0x1000, 0x9000, HEAP, Strength.RANGE), claim(0x2000, 0x3000, STACK, Strength.RANGE)));
    assertThat(ownerAt(map, 0x2800)).contains(STACK);
  }

  @Test
  void emptyClaimsClaimNothing() {
    assertThat(OwnerMap.of(List.of(claim(0x1000, 0x1000, HEAP, Strength.RANGE))).won()).isEmpty();
  }

  /** The slow reference: at every address, the strongest and then narrowest claim that covers it. */
  @Test
  void agreesWithTheSlowReferenceOnRandomClaims() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      List<Claim> claims = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        long start = random.nextInt(40);
        Owner owner = Owner.named(Account.MAPPED, "o" + i, Confidence.MEASURED, "test");
        claims.add(claim(start, start + random.nextInt(20), owner, Strength.values()[random.nextInt(4)]));
      }
      OwnerMap map = OwnerMap.of(claims);
      for (long address = 0; address < 64; address++) {
        assertThat(ownerAt(map, address)).as("seed %d, address %d", seed, address)
            .isEqualTo(slowOwnerAt(claims, address));
      }
      assertDisjoint(map);
    }
  }

  private static void assertDisjoint(OwnerMap map) {
    for (int i = 1; i < map.won().size(); i++) {
      assertThat(map.won().get(i - 1).range().end()).isLessThanOrEqualTo(map.won().get(i).range().start());
    }
  }

  private static Optional<Owner> slowOwnerAt(List<Claim> claims, long address) {
    return claims.stream().filter(c -> c.range().contains(address))
        .min(Comparator.comparing((Claim c) -> c.strength().ordinal()).reversed().thenComparing(c -> c.range().bytes())
            .thenComparing(Claim::range).thenComparing(Claim::owner))
        .map(Claim::owner);
  }

  private static Optional<Owner> ownerAt(OwnerMap map, long address) {
    return map.won().stream().filter(c -> c.range().contains(address)).map(Claim::owner).findFirst();
  }

  private static Claim claim(long start, long end, Owner owner, Strength strength) {
    return new Claim(new AddressRange(start, end), owner, strength);
  }
}
