package io.tare.ledger.runtimes.hotspot;

import static io.tare.model.ledger.Confidence.DERIVED;
import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.ledger.owners.Claim;
import io.tare.ledger.owners.Claim.Strength;
import io.tare.ledger.owners.Owner;
import io.tare.model.AddressRange;
import io.tare.model.jvm.HeapPart;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmThread;
import io.tare.model.ledger.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a JVM's own account of its memory claims. */
final class HotSpotClaims {
  private HotSpotClaims() {}

  /**
   * The claims of all sources. Ranges hold whoever names them; the heap's parts and the threads move, so only the most trusted
   * source that knows them counts.
   */
  static List<Claim> of(Jvm jvm) {
    List<Claim> claims = new ArrayList<>();
    List<JvmLayout> layouts = jvm.layouts();
    for (JvmLayout layout : layouts) {
      layout.regions().forEach(region -> claims.add(region(region, layout.source(), jvm.knowsHeapParts())));
    }
    layouts.stream().filter(l -> !l.heapParts().isEmpty()).findFirst().ifPresent(l -> claims.addAll(heapParts(l)));
    layouts.stream().filter(l -> !l.threads().isEmpty()).findFirst()
        .ifPresent(l -> l.threads().forEach(thread -> claims.add(stack(thread, l.source()))));
    return claims;
  }

  private static List<Claim> heapParts(JvmLayout layout) {
    List<Claim> claims = new ArrayList<>();
    Owner owner = Owner.of(Account.HEAP_USED, MEASURED, layout.source() + ": spaces below their top");
    for (AddressRange used : usedRuns(layout.heapParts())) {
      claims.add(new Claim(used, owner, Strength.PART));
    }
    return claims;
  }

  private static Claim stack(JvmThread thread, String source) {
    Account account = thread.java() ? Account.STACKS_JAVA : Account.STACKS_NATIVE;
    return Claim.ofPages(thread.stack(), Owner.stack(account, thread.tid(), thread.name(), MEASURED, source),
        Strength.STACK);
  }

  private static Claim region(JvmRegion region, String source, boolean partsKnown) {
    AddressRange range = region.range();
    return switch (region.purpose()) {
      case HEAP -> Claim.ofPages(range, heap(source, partsKnown), Strength.HEAP_RESERVATION);
      case HEAP_ARCHIVE -> claim(range, Account.CDS, "archived objects in the heap", source, Strength.ARCHIVE_IN_HEAP);
      case CLASS_SPACE -> claim(range, Account.METASPACE_CLASS, "", source, Strength.RANGE);
      case METASPACE -> claim(range, Account.METASPACE_NONCLASS, "", source, Strength.METASPACE_NODE);
      case CODE -> claim(range, Account.CODE_CACHE, region.name(), source, Strength.RANGE);
      case CODE_SEGMENT_MAP -> claim(range, Account.CODE_SEGMAP, "", source, Strength.PART);
      case CDS -> claim(range, Account.CDS, region.name(), source, Strength.PART);
      case AOT_CODE -> claim(range, Account.CDS, "compiled code", source, Strength.PART);
      case GC -> claim(range, Account.GC, region.name(), source, Strength.PART);
      case MACHINERY -> claim(range, Account.JVM_OTHER, region.name(), source, Strength.PART);
      case OTHER -> claim(range, Account.JVM_OTHER, region.name(), source, Strength.LABEL);
    };
  }

  private static Owner heap(String source, boolean partsKnown) {
    return partsKnown
        ? Owner.of(Account.HEAP_IDLE, DERIVED, source + ": heap outside the used parts")
        : Owner.of(Account.HEAP_USED, DERIVED, source + ": the whole heap, used parts unknown");
  }

  private static Claim claim(AddressRange range, Account account, String name, String source, Strength strength) {
    return Claim.ofPages(range, Owner.named(account, name, MEASURED, source), strength);
  }

  /** The used parts, neighbours joined: thousands of full regions are one range. */
  private static List<AddressRange> usedRuns(List<HeapPart> parts) {
    List<AddressRange> runs = new ArrayList<>();
    List<HeapPart> ordered = parts.stream().filter(p -> p.usedBytes() > 0)
        .sorted(Comparator.comparing(HeapPart::bottom, Long::compareUnsigned)).toList();
    for (HeapPart part : ordered) {
      AddressRange used = Claim.wholePages(new AddressRange(part.bottom(), part.top()));
      if (!runs.isEmpty() && Long.compareUnsigned(runs.getLast().end(), used.start()) >= 0) {
        AddressRange last = runs.getLast();
        long end = Long.compareUnsigned(last.end(), used.end()) > 0 ? last.end() : used.end();
        runs.set(runs.size() - 1, new AddressRange(last.start(), end));
      } else {
        runs.add(used);
      }
    }
    return runs;
  }
}
