package io.tare.ledger.bridge;

import io.tare.ledger.EvidenceReader;
import io.tare.ledger.Explanation;
import io.tare.ledger.runtimes.hotspot.Jvm;
import io.tare.ledger.words.Words;
import io.tare.model.capture.Capture;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.NativeBridge;
import io.tare.model.heap.NativeBridge.NativeLine;
import io.tare.model.heap.NativeBridge.NativeOwner;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** Puts a heap dump beside a capture of the same process. */
@NullMarked
public final class HeapBridge {
  private static final Duration CLOSE = Duration.ofMinutes(2);
  /** Of these a Java object may own a part, so they are in the lines; the heap itself is what the dump is about. */
  private static final Set<Account> IN_LINES = Set.of(Account.HEAP_LIVE, Account.HEAP_GARBAGE, Account.HEAP_USED,
      Account.MALLOC_USED, Account.MALLOC_MMAPPED, Account.MAPPED, Account.MAPPED_DIRTY, Account.STACKS_JAVA,
      Account.METASPACE_CLASS, Account.METASPACE_NONCLASS);

  private HeapBridge() {}

  /** The comparison; empty if the capture has no ledger. */
  public static Optional<NativeBridge> compare(HeapSummary summary, Capture capture) {
    Report report = Explanation.explain(capture);
    Jvm jvm = Jvm.of(EvidenceReader.read(capture));
    return report.ledger().map(ledger -> new NativeBridge(capture.target().pid(), capture.takenAt(),
        new Lines(summary, report, ledger, jvm).all(), rest(ledger), notes(summary, capture.takenAt())));
  }

  /** What is in no line, biggest first. */
  static List<NativeBridge.Rest> rest(Ledger ledger) {
    List<NativeBridge.Rest> rest = new ArrayList<>();
    Arrays.stream(Account.values()).filter(account -> !IN_LINES.contains(account) && ledger.bytes(account) > 0)
        .forEach(account -> rest.add(new NativeBridge.Rest(account.id(), account.title(), ledger.bytes(account))));
    if (ledger.unexplainedBytes() > 0) {
      rest.add(new NativeBridge.Rest("unexplained", "unexplained", ledger.unexplainedBytes()));
    }
    rest.sort(Comparator.comparingLong(NativeBridge.Rest::residentBytes).reversed()
        .thenComparing(NativeBridge.Rest::account));
    return rest;
  }

  static List<String> notes(HeapSummary summary, Instant capturedAt) {
    List<String> notes = new ArrayList<>();
    Duration apart = Duration.between(capturedAt, summary.dump().takenAt()).abs();
    if (apart.compareTo(CLOSE) > 0) {
      notes.add("the capture and the dump were taken " + apart.toMinutes()
          + " minutes apart: what changed in between shows as a difference");
    }
    if (summary.dump().truncated()) {
      notes.add("the dump is cut off: owners are missing in it");
    }
    return notes;
  }

  /** The comparison, kind by kind. */
  static final class Lines {
    private static final long SAME_PERCENT = 2;
    private static final long SAME_BYTES = 1 << 20;
    private static final long INFLATER_BYTES = 40 << 10;
    private static final long DEFLATER_BYTES = 260 << 10;

    private final HeapSummary summary;
    private final Report report;
    private final Ledger ledger;
    private final Jvm jvm;
    private final Owners owners;

    Lines(HeapSummary summary, Report report, Ledger ledger, Jvm jvm) {
      this.summary = summary;
      this.report = report;
      this.ledger = ledger;
      this.jvm = jvm;
      this.owners = Owners.of(summary);
    }

    List<NativeLine> all() {
      return List.of(heap(), buffers(), mappedFiles(), compression(), malloc(), stacks(), classes());
    }

    private NativeLine heap() {
      long objects = summary.reached().objects() + summary.unreachable().objects();
      long bytes = summary.reached().shallowBytes() + summary.unreachable().shallowBytes();
      long resident = ledger.bytes(Account.HEAP_USED) + ledger.bytes(Account.HEAP_LIVE)
          + ledger.bytes(Account.HEAP_GARBAGE);
      String meaning = agree(bytes, resident)
          ? "they agree"
          : bytes < resident
              ? "the rest is garbage that the dump leaves out, or came and went between the two"
              : "the rest was allocated after the capture, or lies in the class-data archive, which has an account of its own";
      return new NativeLine("Java heap", objects, OptionalLong.of(bytes), OptionalLong.of(resident), "heap.used",
          meaning);
    }

    private NativeLine buffers() {
      long bytes = owners.reservedBytes();
      OptionalLong reserved = jvm.number("direct.reserved");
      String meaning = reserved.isEmpty()
          ? "the process does not tell what it reserved"
          : bytes > reserved.getAsLong() + SAME_BYTES
              ? "more in the heap than reserved: views of one piece of memory count more than once, or allocated around"
                  + " the JDK's limit"
              : fits(bytes, reserved.getAsLong());
      return new NativeLine("direct buffers and arenas", owners.reservedObjects(), OptionalLong.of(bytes), reserved,
          "reserved for them (java.nio.Bits)", meaning);
    }

    private NativeLine mappedFiles() {
      long bytes = owners.bytes("mapped files");
      long mapped = report.mappings().stream().filter(line -> isMappedFile(line.account()))
          .mapToLong(line -> line.range().bytes()).sum();
      long resident = ledger.bytes(Account.MAPPED) + ledger.bytes(Account.MAPPED_DIRTY);
      String meaning = Words.bytes(resident) + " of it are resident"
          + (mapped > bytes + SAME_BYTES ? "; what no object owns is mapped by the JVM itself or by native code" : "");
      return new NativeLine("mapped files", owners.objects("mapped files"), OptionalLong.of(bytes),
          OptionalLong.of(mapped),
          "mapped address space", meaning);
    }

    private static boolean isMappedFile(String account) {
      return account.equals(Account.MAPPED.id()) || account.equals(Account.MAPPED_DIRTY.id());
    }

    private NativeLine compression() {
      long inflaters = owners.pairs("inflaters");
      long deflaters = owners.pairs("deflaters");
      return new NativeLine("inflaters and deflaters", inflaters + deflaters,
          OptionalLong.of(inflaters * INFLATER_BYTES + deflaters * DEFLATER_BYTES), OptionalLong.empty(), "",
          "about 40 KB and 260 KB each: the objects do not tell");
    }

    private NativeLine malloc() {
      long inUse = ledger.bytes(Account.MALLOC_USED) + ledger.bytes(Account.MALLOC_MMAPPED);
      long owned = owners.reservedBytes() + owners.pairs("inflaters") * INFLATER_BYTES
          + owners.pairs("deflaters") * DEFLATER_BYTES;
      String meaning = inUse > owned + SAME_BYTES
          ? Words.bytes(inUse - owned) + " have no Java owner: the JVM itself, JNI and native libraries"
          : "Java objects own about all of it, as far as it is resident";
      return new NativeLine("malloc in use", 0, OptionalLong.of(owned), OptionalLong.of(inUse),
          "malloc.used + malloc.mmapped, resident", meaning);
    }

    private NativeLine stacks() {
      long threads = report.threads().stream().filter(line -> line.sort().equals(Account.STACKS_JAVA.id())).count();
      long inHeap = owners.objects("thread stacks");
      return new NativeLine("thread stacks", inHeap, OptionalLong.empty(),
          OptionalLong.of(ledger.bytes(Account.STACKS_JAVA)), "stacks.java of " + threads + " threads, resident",
          meaningOfStacks(inHeap, threads));
    }

    private String meaningOfStacks(long inHeap, long threads) {
      if (threads == 0) {
        return "";
      }
      String each = "about " + ((ledger.bytes(Account.STACKS_JAVA) / threads) >> 10) + " KB each";
      return inHeap < threads ? each + "; threads of the JVM itself, such as its compilers, are not in a dump" : each;
    }

    private NativeLine classes() {
      long bytes = ledger.bytes(Account.METASPACE_CLASS) + ledger.bytes(Account.METASPACE_NONCLASS);
      int count = summary.dump().classes();
      return new NativeLine("classes", count, OptionalLong.empty(), OptionalLong.of(bytes), "metaspace, resident",
          "classes of the class-data archive lie in the account cds");
    }

    private static String fits(long heap, long process) {
      return agree(heap, process)
          ? "they agree"
          : Words.bytes(Math.abs(heap - process)) + (heap < process ? " more in the process" : " more in the heap");
    }

    private static boolean agree(long heap, long process) {
      long apart = Math.abs(heap - process);
      return apart <= SAME_BYTES || apart * 100 <= Math.max(heap, process) * SAME_PERCENT;
    }
  }

  /** The objects of a heap that own native memory, by kind. */
  private record Owners(List<NativeOwner> all) {
    private static final Set<String> COUNTED_WITH_BUFFERS = Set.of("direct buffers", "arenas");

    static Owners of(HeapSummary summary) {
      return new Owners(summary.nativeOwners());
    }

    /** Of a kind whose owners are pairs of objects of two classes. */
    long pairs(String kind) {
      return all.stream().filter(owner -> owner.kind().equals(kind)).mapToLong(NativeOwner::objects).max().orElse(0);
    }

    long objects(String kind) {
      return all.stream().filter(owner -> owner.kind().equals(kind)).mapToLong(NativeOwner::objects).sum();
    }

    long bytes(String kind) {
      return all.stream().filter(owner -> owner.kind().equals(kind)).mapToLong(NativeOwner::nativeBytes).sum();
    }

    /** Direct buffers and arenas of the foreign-memory interface: the JDK counts them together. */
    long reservedObjects() {
      return COUNTED_WITH_BUFFERS.stream().mapToLong(this::objects).sum();
    }

    long reservedBytes() {
      return COUNTED_WITH_BUFFERS.stream().mapToLong(this::bytes).sum();
    }
  }
}
