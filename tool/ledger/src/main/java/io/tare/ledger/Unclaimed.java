package io.tare.ledger;

import static io.tare.model.ledger.Confidence.DERIVED;
import static io.tare.model.ledger.Confidence.INFERRED;
import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.owners.Owner;
import io.tare.ledger.owners.Piece;
import io.tare.ledger.runtimes.natives.Natives;
import io.tare.model.alloc.MallocReading;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Owners of what nobody claimed by address: what the kernel's own list says of a mapping. */
final class Unclaimed {
  private static final Pattern LIBRARY = Pattern.compile(".*\\.so(\\.[0-9.]+)?( \\(deleted\\))?");
  private static final List<String> SHARED_MEMORY = List.of("/dev/shm/", "/memfd:", "/SYSV", "/dev/zero", "/run/shm/");
  private static final String BY_PATH = "mapping's path";
  private static final String BY_LABEL = "kernel's label";

  private final Evidence evidence;
  private final Set<String> programs;
  private final Set<Mapping> zeroInitialised;
  private final Optional<String> foreignAllocator;
  private final boolean allNamed;

  private Unclaimed(Evidence evidence, Smaps smaps) {
    this.evidence = evidence;
    this.programs = programs(smaps);
    this.zeroInitialised = zeroInitialised(smaps);
    // One whose structures were read claimed its memory by address.
    boolean walked = Natives.malloc(evidence).flatMap(MallocReading::walked).isPresent();
    this.foreignAllocator = walked ? Optional.empty() : Natives.foreignAllocator(evidence);
    RuntimeKind kind = evidence.capture().target().runtime();
    this.allNamed = KnownRuntimes.ALL.stream()
        .anyMatch(runtime -> runtime.namesAllMemoryOf(kind));
  }

  /** The pieces, with an owner for each that has one by its mapping. */
  static List<Piece> assign(Evidence evidence, Smaps smaps, List<Piece> pieces) {
    Unclaimed unclaimed = new Unclaimed(evidence, smaps);
    List<Piece> assigned = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      Optional<Owner> owner = piece.owner().isPresent() ? piece.owner() : unclaimed.owner(piece.mapping());
      assigned.add(owner.map(piece::withOwner).orElse(piece));
    }
    return List.copyOf(assigned);
  }

  private Optional<Owner> owner(Mapping mapping) {
    if (zeroInitialised.contains(mapping)) {
      return Optional.of(
          Owner.of(Account.LIBRARIES_DATA, DERIVED, "anonymous memory right behind a library's data"));
    }
    if (isSharedMemory(mapping)) {
      return Optional.of(Owner.named(Account.SHARED, mapping.name(), MEASURED, BY_PATH));
    }
    Optional<Owner> runtimes = KnownRuntimes.ALL.stream().map(runtime -> runtime.owner(mapping))
        .flatMap(Optional::stream).findFirst();
    if (runtimes.isPresent()) {
      return runtimes;
    }
    if (mapping.hasPath()) {
      return Optional.of(file(mapping));
    }
    return mapping.name().isEmpty() ? anonymous(mapping) : Optional.of(labelled(mapping.name()));
  }

  // files

  /** A file of which any part may be executed is a program or a library, whatever its name. */
  private static Set<String> programs(Smaps smaps) {
    Set<String> programs = new HashSet<>();
    for (Mapping mapping : smaps.mappings()) {
      if (mapping.hasPath() && (mapping.isExecutable() || LIBRARY.matcher(mapping.name()).matches())) {
        programs.add(mapping.name());
      }
    }
    return programs;
  }

  private static boolean isSharedMemory(Mapping mapping) {
    return SHARED_MEMORY.stream().anyMatch(mapping.name()::startsWith);
  }

  private boolean isProgram(Mapping mapping) {
    return mapping.hasPath() && programs.contains(mapping.name()) && !isSharedMemory(mapping);
  }

  private Owner file(Mapping mapping) {
    if (!isProgram(mapping)) {
      return Owner.named(Account.MAPPED, mapping.name(), MEASURED, BY_PATH);
    }
    // A private page of a writable mapping is the process's own copy once it was written to.
    return mapping.isWritable() || mapping.bytes().anonymous() > 0
        ? Owner.of(Account.LIBRARIES_DATA, MEASURED, BY_PATH)
        : Owner.named(Account.LIBRARIES, mapping.name(), MEASURED, BY_PATH);
  }

  /** Anonymous mappings that start where a library's writable data ends: its {@code .bss}. */
  private Set<Mapping> zeroInitialised(Smaps smaps) {
    Set<Mapping> found = Collections.newSetFromMap(new IdentityHashMap<>());
    long dataEnd = 0;
    for (Mapping mapping : smaps.mappings()) {
      boolean behindData = dataEnd != 0 && dataEnd == mapping.range().start();
      if (mapping.name().isEmpty() && behindData && mapping.isWritable()) {
        found.add(mapping);
        dataEnd = 0;
      } else {
        dataEnd = isProgram(mapping) && mapping.isWritable() ? mapping.range().end() : 0;
      }
    }
    return found;
  }

  // the kernel's labels

  private Owner labelled(String name) {
    if (name.startsWith("[stack")) {
      long pid = evidence.capture().target().pid();
      return Owner.stack(Account.STACKS_NATIVE, pid, "main thread", MEASURED, BY_LABEL);
    }
    if (name.equals("[heap]")) {
      return Owner.named(Account.MALLOC_UNSPLIT, name, MEASURED, BY_LABEL);
    }
    if (name.startsWith("[anon:") || name.startsWith("[anon_shmem:")) {
      String label = name.substring(name.indexOf(':') + 1, name.length() - 1).strip();
      return Owner.named(Account.ANONYMOUS, label, MEASURED, "label that the program gave it");
    }
    return name.startsWith("anon_inode:") || name.startsWith("socket:")
        ? Owner.named(Account.SHARED, name, MEASURED, BY_LABEL)
        : Owner.named(Account.KERNEL, name, MEASURED, BY_LABEL);
  }

  // no name at all

  private Optional<Owner> anonymous(Mapping mapping) {
    if (mapping.isSharedMapping()) {
      return Optional.of(Owner.named(Account.SHARED, "anonymous", MEASURED, "shared mapping"));
    }
    if (foreignAllocator.isPresent() && mapping.isWritable()) {
      String allocator = foreignAllocator.get();
      return Optional.of(Owner.named(Account.MALLOC_UNSPLIT, allocator, DERIVED,
          allocator + " serves malloc, and nobody else claims it"));
    }
    if (allNamed) {
      return Optional.empty();
    }
    boolean exclusive = Natives.malloc(evidence).isPresent();
    return Optional.of(Owner.of(Account.ANONYMOUS, exclusive ? DERIVED : INFERRED,
        exclusive ? "neither malloc's nor a stack: mapped by the program itself" : "no other owner is known"));
  }
}
