package io.tare.ledger.runtimes.hotspot;

import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.ledger.evidence.ArtifactReader;
import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.owners.Books;
import io.tare.ledger.owners.Claim;
import io.tare.ledger.owners.Owner;
import io.tare.ledger.rules.Rule;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.ledger.words.Words;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.jvm.NmtReport;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.proc.Mapping;
import io.tare.model.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The HotSpot JVM. */
public final class HotSpot implements KnownRuntime {
  private static final Pattern CLASS_DATA_ARCHIVE = Pattern.compile(".*(\\.jsa|\\.aot)( \\(deleted\\))?");

  @Override
  public Optional<?> read(ArtifactReader reader) {
    return Optional.of(Jvm.read(reader));
  }

  @Override
  public List<Claim> claims(Evidence evidence) {
    return HotSpotClaims.of(Jvm.of(evidence));
  }

  @Override
  public Optional<Owner> owner(Mapping mapping) {
    if (!mapping.hasPath()) {
      return Optional.empty();
    }
    if (CLASS_DATA_ARCHIVE.matcher(mapping.name()).matches()) {
      return Optional.of(Owner.of(Account.CDS, MEASURED, "mapping's path"));
    }
    return mapping.name().contains("/hsperfdata_")
        ? Optional.of(Owner.named(Account.JVM_OTHER, "performance counters", MEASURED, "mapping's path"))
        : Optional.empty();
  }

  @Override
  public boolean namesAllMemoryOf(RuntimeKind kind) {
    return kind == RuntimeKind.HOTSPOT;
  }

  @Override
  public Books split(Books books, Evidence evidence) {
    return HeapSplit.apply(books, evidence);
  }

  @Override
  public List<NetPart> net(Ledger ledger, Evidence evidence) {
    if (evidence.capture().target().runtime() != RuntimeKind.HOTSPOT) {
      return List.of();
    }
    return List.of(liveHeap(ledger, HeapFigures.of(evidence)), notItsOwn(ledger, evidence));
  }

  private static long resident(Ledger ledger) {
    return ledger.bytes(Account.HEAP_USED) + ledger.bytes(Account.HEAP_LIVE) + ledger.bytes(Account.HEAP_GARBAGE)
        + ledger.bytes(Account.HEAP_UNSPLIT);
  }

  private static NetPart liveHeap(Ledger ledger, HeapFigures heap) {
    if (heap.exactLive().isPresent()) {
      return NetPart.exactly(NetName.HEAP, ledger.bytes(Account.HEAP_LIVE));
    }
    long resident = resident(ledger);
    return NetPart.upTo(NetName.HEAP,
        heap.settled().isPresent() ? Math.min(resident, heap.settled().getAsLong()) : resident);
  }

  /** What is to be taken from malloc's memory because the JVM itself uses it, which only NMT knows. Below zero. */
  private static NetPart notItsOwn(Ledger ledger, Evidence evidence) {
    long malloc = ledger.bytes(Account.MALLOC_USED) + ledger.bytes(Account.MALLOC_MMAPPED);
    long unsplit = ledger.bytes(Account.MALLOC_UNSPLIT);
    Jvm jvm = Jvm.of(evidence);
    if (jvm.nmt().isEmpty()) {
      long direct = jvm.number("direct.reserved").orElse(0);
      return new NetPart(NetName.MALLOC, -Math.max(0, malloc - direct), 0);
    }
    long own = jvm.nmt().stream().flatMap(nmt -> nmt.categories().stream())
        .filter(category -> !category.name().equals("Other")).mapToLong(category -> category.mallocBytes().orElse(0))
        .sum();
    return new NetPart(NetName.MALLOC, -Math.min(malloc, own), -Math.min(malloc + unsplit, own));
  }

  @Override
  public Optional<String> netBasis(Ledger ledger, Evidence evidence) {
    if (resident(ledger) == 0) {
      return Optional.empty();
    }
    HeapFigures heap = HeapFigures.of(evidence);
    String malloc = Jvm.of(evidence).nmt().isPresent() ? "" : "; malloc in use includes the JVM's own";
    if (heap.exactLive().isPresent()) {
      return Optional.of("live heap after the collection that was asked for" + malloc);
    }
    String bound = "heap in use, live or dead: no collection has run yet";
    if (heap.settled().isPresent()) {
      OptionalLong age = heap.settledAgeMillis();
      bound = "heap in use after the last collection"
          + (age.isPresent() ? ", " + Words.age(age.getAsLong()) + " ago" : "")
          + ": at most this was live then";
    }
    return Optional.of(bound + malloc);
  }

  @Override
  public Heading heading(Evidence evidence) {
    Jvm jvm = Jvm.of(evidence);
    String version = jvm.fact("version").or(() -> jvm.perfString("java.property.java.vm.version")).orElse("");
    return new Heading(version, jvm.collector(), jvm.perfString("java.rt.vmArgs").orElse(""));
  }

  @Override
  public List<Figure> details(Evidence evidence) {
    HeapFigures heap = HeapFigures.of(evidence);
    List<Figure> details = new ArrayList<>();
    add(details, "heap maximum", heap.max());
    add(details, "heap committed", heap.committed());
    add(details, "heap in use", heap.used());
    if (heap.committed().isPresent() && heap.max().isPresent()) {
      add(details, "heap never committed",
          OptionalLong.of(Math.max(0, heap.max().getAsLong() - heap.committed().getAsLong())));
    }
    add(details, "heap after the last collection", heap.settled());
    heap.settledAgeMillis().ifPresent(age -> details.add(new Figure("last collection", Words.age(age) + " ago")));
    add(details, "heap file's blocks, touched or not (charged to the group)", HeapSplit.heapFileBytes(evidence));
    add(details, "direct buffers", Jvm.of(evidence).number("direct.reserved"));
    return details;
  }

  private static void add(List<Figure> details, String what, OptionalLong bytes) {
    bytes.ifPresent(b -> details.add(new Figure(what, Words.bytes(b))));
  }

  @Override
  public List<Figure> ownCounts(Evidence evidence) {
    return Jvm.of(evidence).nmt().stream().flatMap(nmt -> nmt.categories().stream()).map(HotSpot::figure).toList();
  }

  private static Figure figure(NmtReport.Category category) {
    OptionalLong malloc = category.mallocBytes();
    return new Figure("NMT " + category.name(), Words.bytes(category.committedBytes()) + " committed"
        + (malloc.isPresent() ? ", " + Words.bytes(malloc.getAsLong()) + " by malloc" : ""));
  }

  @Override
  public List<Rule> rules() {
    return List.of(new HeapCannotFit(), new HeapRules.MultiMappedHeap(), new HeapRules.IdleHeap(),
        new HeapRules.Garbage(), new HeapRules.LiveHeap(), new MachineryRules.ClassMetadata(),
        new MachineryRules.CompiledCode());
  }
}
