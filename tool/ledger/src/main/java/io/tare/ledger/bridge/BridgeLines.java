package io.tare.ledger.bridge;

import io.tare.ledger.Jvm;
import io.tare.ledger.Words;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.NativeLine;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Report;
import java.util.List;
import java.util.OptionalLong;

/** The comparison, kind by kind. */
final class BridgeLines {
  private static final long SAME_PERCENT = 2;
  private static final long SAME_BYTES = 1 << 20;
  private static final long INFLATER_BYTES = 40 << 10;
  private static final long DEFLATER_BYTES = 260 << 10;

  private final HeapSummary summary;
  private final Report report;
  private final Ledger ledger;
  private final Jvm jvm;
  private final Owners owners;

  BridgeLines(HeapSummary summary, Report report, Ledger ledger, Jvm jvm) {
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
