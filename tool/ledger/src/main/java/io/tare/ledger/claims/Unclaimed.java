package io.tare.ledger.claims;

import static io.tare.model.ledger.Confidence.DERIVED;
import static io.tare.model.ledger.Confidence.INFERRED;
import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.ledger.Evidence;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Owners of what nobody claimed by address: what the kernel's own list says of a mapping. */
public final class Unclaimed {
  private final FileOwners files;
  private final Evidence evidence;
  private final Optional<String> foreignAllocator;

  private Unclaimed(Evidence evidence, Smaps smaps) {
    this.evidence = evidence;
    this.files = FileOwners.of(smaps);
    this.foreignAllocator = Allocators.foreign(smaps, evidence.natives().executable());
  }

  /** The pieces, with an owner for each that has one by its mapping. */
  public static List<Piece> assign(Evidence evidence, Smaps smaps, List<Piece> pieces) {
    Unclaimed unclaimed = new Unclaimed(evidence, smaps);
    ZeroInitialised zeroInitialised = ZeroInitialised.of(smaps, unclaimed.files);
    List<Piece> assigned = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      Optional<Owner> owner = piece.owner();
      if (owner.isEmpty()) {
        owner = zeroInitialised.contains(piece.mapping())
            ? Optional.of(FileOwners.zeroInitialised())
            : unclaimed.owner(piece.mapping());
      }
      assigned.add(owner.map(piece::withOwner).orElse(piece));
    }
    return List.copyOf(assigned);
  }

  private Optional<Owner> owner(Mapping mapping) {
    if (mapping.hasPath()) {
      return Optional.of(files.of(mapping));
    }
    String name = mapping.name();
    if (name.startsWith("[stack")) {
      long pid = evidence.capture().target().pid();
      return Optional.of(new Owner(Account.STACKS_NATIVE, Stacks.name(pid, "main thread"), MEASURED, "kernel's label"));
    }
    if (name.equals("[heap]")) {
      return Optional.of(new Owner(Account.MALLOC_UNSPLIT, "[heap]", MEASURED, "kernel's label"));
    }
    if (name.startsWith("[anon:") || name.startsWith("[anon_shmem:")) {
      return Optional.of(labelled(name));
    }
    if (name.startsWith("anon_inode:") || name.startsWith("socket:")) {
      return Optional.of(new Owner(Account.SHARED, name, MEASURED, "kernel's label"));
    }
    if (!name.isEmpty()) {
      return Optional.of(new Owner(Account.KERNEL, name, MEASURED, "kernel's label"));
    }
    return anonymous(mapping);
  }

  private static Owner labelled(String name) {
    if (name.startsWith("[anon: Go: ")) {
      String what = name.substring("[anon: Go: ".length(), name.length() - 1);
      return what.equals("heap")
          ? new Owner(Account.GO_HEAP, "", MEASURED, "label that Go gave it")
          : new Owner(Account.GO_RUNTIME, what, MEASURED, "label that Go gave it");
    }
    String label = name.substring(name.indexOf(':') + 1, name.length() - 1).strip();
    return new Owner(Account.ANONYMOUS, label, MEASURED, "label that the program gave it");
  }

  private Optional<Owner> anonymous(Mapping mapping) {
    if (mapping.isSharedMapping()) {
      return Optional.of(new Owner(Account.SHARED, "anonymous", MEASURED, "shared mapping"));
    }
    if (foreignAllocator.isPresent() && mapping.isWritable()) {
      return Optional.of(new Owner(Account.MALLOC_UNSPLIT, foreignAllocator.get(), DERIVED,
          foreignAllocator.get() + " serves malloc, and nobody else claims it"));
    }
    RuntimeKind runtime = evidence.capture().target().runtime();
    if (runtime == RuntimeKind.HOTSPOT || runtime == RuntimeKind.GO) {
      return Optional.empty();
    }
    boolean exclusive = evidence.natives().malloc().isPresent();
    return Optional.of(new Owner(Account.ANONYMOUS, "", exclusive ? DERIVED : INFERRED,
        exclusive ? "neither malloc's nor a stack: mapped by the program itself" : "no other owner is known"));
  }
}
