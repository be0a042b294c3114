package io.tare.ledger.runtimes.natives;

import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.formats.ParseLimits;
import io.tare.formats.memory.ExecutableText;
import io.tare.formats.memory.MallocText;
import io.tare.formats.memory.NativeThreadsText;
import io.tare.formats.memory.ZeroPagesText;
import io.tare.ledger.evidence.ArtifactReader;
import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.owners.Books;
import io.tare.ledger.owners.Claim;
import io.tare.ledger.owners.Claim.Strength;
import io.tare.ledger.owners.Owner;
import io.tare.ledger.rules.Rule;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.ledger.runtimes.hotspot.CountedNative;
import io.tare.ledger.runtimes.hotspot.Jvm;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.NativeThread;
import io.tare.model.alloc.ZeroPages;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.proc.Task;
import io.tare.model.report.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every Linux program has: malloc, thread stacks, memory that it mapped itself. */
public final class Natives implements KnownRuntime {
  private static final ParseLimits LIMITS = ParseLimits.DEFAULT;

  /**
   * What the artefacts say.
   *
   * @param executable what the executable file says of itself, by key
   */
  public record Facts(Optional<MallocReading> malloc, List<NativeThread> threads, Map<String, String> executable,
      List<ZeroPages> zeros) {
    private static final Facts NONE = new Facts(Optional.empty(), List.of(), Map.of(), List.of());

    public Facts {
      threads = List.copyOf(threads);
      zeros = List.copyOf(zeros);
      executable = Map.copyOf(executable);
    }

    static Facts of(Evidence evidence) {
      return evidence.facts(Facts.class).orElse(NONE);
    }
  }

  /** malloc as it was walked; empty where it could not be. */
  public static Optional<MallocReading> malloc(Evidence evidence) {
    return Facts.of(evidence).malloc();
  }

  /** The name of an allocator that serves malloc in glibc's place. */
  public static Optional<String> foreignAllocator(Evidence evidence) {
    return evidence.smaps().flatMap(smaps -> Malloc.foreign(smaps, Facts.of(evidence).executable()));
  }

  /** Zeros in large anonymous mappings, as far as they were looked for. */
  public static List<ZeroPages> zeros(Evidence evidence) {
    return Facts.of(evidence).zeros();
  }

  @Override
  public Optional<?> read(ArtifactReader reader) {
    return Optional.of(new Facts(reader.text(ArtifactNames.MALLOC, (a, c) -> MallocText.parse(c, LIMITS)),
        reader.text(ArtifactNames.PTHREADS, (a, c) -> NativeThreadsText.parse(c, LIMITS)).orElse(List.of()),
        reader.text(ArtifactNames.EXECUTABLE, (a, c) -> ExecutableText.parse(c, LIMITS)).map(e -> e.facts())
            .orElse(Map.of()),
        reader.text(ArtifactNames.ZEROS, (a, c) -> ZeroPagesText.parse(c, LIMITS)).orElse(List.of())));
  }

  @Override
  public List<Claim> claims(Evidence evidence) {
    List<Claim> claims = new ArrayList<>();
    Map<Long, String> names = new HashMap<>();
    for (Task task : evidence.kernel().tasks()) {
      names.put(task.tid(), task.name());
    }
    for (NativeThread thread : Facts.of(evidence).threads()) {
      claims.add(Claim.ofPages(thread.stack(), owner(thread, names), Strength.STACK_BY_CONTROL_BLOCK));
    }
    malloc(evidence).ifPresent(malloc -> claims.addAll(Malloc.claims(malloc)));
    return claims;
  }

  private static Owner owner(NativeThread thread, Map<Long, String> names) {
    if (thread.main()) {
      return Owner.named(Account.LIBRARIES_DATA, "thread-local data of the main thread", MEASURED,
          "thread control block");
    }
    return thread.live()
        ? Owner.stack(Account.STACKS_NATIVE, thread.tid(), names.getOrDefault(thread.tid(), ""), MEASURED,
            "thread control block")
        : Owner.of(Account.STACKS_CACHED, MEASURED, "control block of an ended thread");
  }

  @Override
  public Books split(Books books, Evidence evidence) {
    Books split = malloc(evidence).map(malloc -> Malloc.split(books, malloc)).orElse(books);
    return CountedNative.apply(split, Jvm.of(evidence));
  }

  @Override
  public List<NetPart> net(Ledger ledger, Evidence evidence) {
    return List.of(
        NetPart.exactly(NetName.MALLOC, ledger.bytes(Account.MALLOC_USED) + ledger.bytes(Account.MALLOC_MMAPPED)),
        NetPart.upTo(NetName.MALLOC, ledger.bytes(Account.MALLOC_UNSPLIT)),
        NetPart.upTo(NetName.ANONYMOUS, ledger.bytes(Account.ANONYMOUS)));
  }

  @Override
  public Optional<String> netBasis(Ledger ledger, Evidence evidence) {
    return Optional.of("memory in use by the program");
  }

  @Override
  public List<Figure> details(Evidence evidence) {
    return malloc(evidence).map(Malloc::details).orElse(List.of());
  }

  @Override
  public List<Rule> rules() {
    return List.of(new NativeInUse(), new AllocatorRetention(), new ThreadStacks());
  }
}
