package io.tare.report.ledger;

import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.ByteRange;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Figure;
import io.tare.model.report.MappingLine;
import io.tare.model.report.Net;
import io.tare.model.report.Observer;
import io.tare.model.report.Remedy;
import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import io.tare.model.report.Scales;
import io.tare.model.report.ThreadLine;
import io.tare.model.report.Unread;
import io.tare.model.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Reports as the reconciler makes them, written by hand: what a renderer must cope with. */
public final class SampleReports {
  static final long KB = 1024;
  static final long MB = 1024 * KB;
  private static final Instant WHEN = Instant.parse("2026-11-03T14:05:09.123Z");

  private SampleReports() {}

  /** 3 GB on the scales of a 3 GB container, 1 GB of heap. */
  public static Report jvm() {
    Ledger ledger = jvmLedger();
    Remedy idle = new Remedy("Give the empty part of the heap back", "-XX:G1PeriodicGCInterval=60000",
        OptionalLong.of(471 * MB), "a concurrent cycle a minute while the program is idle");
    Remedy trim = new Remedy("Return freed malloc memory to the system", "jcmd 4711 System.trim_native_heap",
        OptionalLong.of(171 * MB), "a few milliseconds; it grows again under the same load");
    Remedy arenas = new Remedy("Allow fewer malloc arenas", "MALLOC_ARENA_MAX=2", OptionalLong.empty(),
        "a restart; more waiting on locks where many threads allocate at once");
    List<Verdict> verdicts = List.of(
        new Verdict.Yes("near-limit",
            "The container is 92 MB below its limit, but 1.38 GB of its usage is page cache that the kernel can take back.",
            Verdict.Strength.MEDIUM, List.of(new Figure("cgroup usage", "2.91 GB of 3.00 GB")), List.of()),
        new Verdict.Yes("mapped-files",
            "Mapped files hold 1.42 GB of the 2.92 GB: the kernel can drop these pages, they are not a leak.",
            Verdict.Strength.HIGH, List.of(new Figure("mapped", "1.42 GB, 48.6 % of RSS"),
                new Figure("mapped.dirty", "31.0 MB")),
            List.of()),
        new Verdict.Yes("heap-idle", "471 MB of the Java heap are resident but empty.", Verdict.Strength.HIGH,
            List.of(new Figure("heap.idle", "471 MB, 15.8 % of RSS"), new Figure("committed heap", "1.00 GB")),
            List.of(idle)),
        new Verdict.Yes("allocator-retention", "glibc keeps 182 MB that the process has freed.",
            Verdict.Strength.MEDIUM, List.of(new Figure("malloc.idle", "182 MB in 14 arenas")), List.of(trim, arenas)),
        new Verdict.CannotTell("garbage", "How much of the 402 MB of used heap is garbage is not known.",
            "the exact live size: --ask=gc forces a full GC and measures it",
            List.of(new Figure("heap.used", "402 MB"))),
        new Verdict.No("thread-stacks", "214 stacks hold 31.4 MB, 1.0 % of RSS.", List.of()),
        new Verdict.No("metaspace", "Class metadata is 92.0 MB, stable since start.", List.of()),
        new Verdict.No("heap-duplicate", "The heap is mapped once.", List.of()));
    return new Report(WHEN,
        new ReportTarget(4711, "orders-service", "HotSpot JVM", "17.0.15+6", "G1", "-Xmx1g -XX:MaxMetaspaceSize=256m"),
        jvmScales(ledger), Optional.empty(), Optional.of(new Net(ByteRange.upTo(579 * MB),
            "heap used after the last collection, 12 s ago, and malloc in use; an upper bound", List.of(
                new Figure("heap after the last collection", "371 MB"), new Figure("malloc.used", "146 MB")))),
        Optional.of(ledger), verdicts, List.of(idle, trim, arenas),
        List.of(new Figure("heap never touched", "151 MB"), new Figure("last collection", "12 s ago, young"),
            new Figure("malloc arenas", "14")),
        jvmThreads(), jvmMappings(), new Observer(0, 84, List.of()),
        List.of("Exact live heap: needs --ask=gc (a full GC, a pause of about 300 ms)."), List.of());
  }

  private static Ledger jvmLedger() {
    List<Entry> entries = new ArrayList<>(List.of(
        entry(Account.MAPPED, "/var/lib/orders/state/index-000001.db", 1180 * MB),
        entry(Account.MAPPED, "/var/lib/orders/state/index-000002.db", 241 * MB),
        entry(Account.MAPPED_DIRTY, "/var/lib/orders/state/index-000002.db", 31 * MB),
        entry(Account.HEAP_USED, "", 402 * MB), entry(Account.HEAP_IDLE, "", 471 * MB),
        entry(Account.METASPACE_CLASS, "", 11 * MB + 300 * KB), entry(Account.METASPACE_NONCLASS, "", 81 * MB),
        entry(Account.CODE_CACHE, "profiled nmethods", 31 * MB),
        entry(Account.CODE_CACHE, "non-profiled nmethods", 22 * MB),
        entry(Account.CODE_CACHE, "non-nmethods", 2 * MB), entry(Account.CODE_SEGMAP, "", 600 * KB),
        entry(Account.CDS, "classes.jsa", 12 * MB + 512 * KB), entry(Account.GC, "card table", 2 * MB),
        entry(Account.GC, "mark bitmap", 16 * MB), entry(Account.GC, "remembered sets", 6 * MB),
        entry(Account.STACKS_JAVA, "", 31 * MB + 400 * KB), entry(Account.STACKS_NATIVE, "", 2 * MB + 100 * KB),
        entry(Account.STACKS_CACHED, "", 1 * MB + 40 * KB), entry(Account.MALLOC_USED, "", 146 * MB),
        entry(Account.MALLOC_IDLE, "", 182 * MB), entry(Account.MALLOC_MMAPPED, "", 62 * MB),
        entry(Account.LIBRARIES, "/usr/lib/jvm/java-17-openjdk-amd64/lib/server/libjvm.so", 17 * MB + 200 * KB),
        entry(Account.KERNEL, "[vdso]", 8 * KB), entry(Account.JVM_OTHER, "hsperfdata", 32 * KB)));
    entries.add(new Entry(Account.ANONYMOUS, "", 24 * MB, Confidence.INFERRED, "no runtime claims these pages"));
    for (int i = 1; i <= 40; i++) {
      entries.add(entry(Account.LIBRARIES, "/usr/lib/x86_64-linux-gnu/lib" + i + ".so", (100 + 9L * i) * KB));
      entries.add(entry(Account.LIBRARIES_DATA, "/usr/lib/x86_64-linux-gnu/lib" + i + ".so", 12 * KB));
    }
    return balanced(entries, 3 * MB + 44 * KB);
  }

  private static Scales jvmScales(Ledger ledger) {
    long rss = ledger.residentBytes();
    Scales.Group group = new Scales.Group(2, "/kubepods/burstable/pod-orders/app", known(2980 * MB), known(1690 * MB),
        known(29 * MB), known(1413 * MB), known(3072 * MB), "/kubepods/burstable/pod-orders/app", known(1380 * MB),
        known(1472 * MB), known(3071 * MB), known(2), List.of("sidecar (pid 4790, 21.0 MB)"));
    List<Scales.Step> steps = List.of(
        new Scales.Step("RSS", "cgroup usage", "− file pages charged to other groups", rss - 2938 * MB),
        new Scales.Step("RSS", "cgroup usage", "+ page cache that is not mapped", 13 * MB),
        new Scales.Step("RSS", "cgroup usage", "+ kernel memory", 29 * MB),
        new Scales.Step("cgroup usage", "working set", "− inactive file pages", 1290 * MB));
    return new Scales(rss, known(rss - 14 * MB), known(rss - 19 * MB), known(0), known(rss - 1516 * MB),
        known(1515 * MB),
        known(1 * MB), Optional.of(group), steps,
        "The limit counts cgroup usage: 2.91 GB of 3.00 GB. Under pressure the kernel can take 1.35 GB back, so the true headroom is 1.44 GB.");
  }

  private static List<ThreadLine> jvmThreads() {
    return LongStream.rangeClosed(1, 12).mapToObj(i -> new ThreadLine(4711 + i, i == 1 ? "main" : "http-worker-" + i,
        "Java", AddressRange.ofSize(0x7f1200000000L + i * 0x200000, 1 * MB), (400 - 30 * i) * KB)).toList();
  }

  private static List<MappingLine> jvmMappings() {
    return List.of(
        new MappingLine(new AddressRange(0xc0000000L, 0xf6d00000L), "rw-p", "", "heap.used", "", 402 * MB,
            Confidence.MEASURED),
        new MappingLine(new AddressRange(0xf6d00000L, 0x100000000L), "rw-p", "", "heap.idle", "", 471 * MB,
            Confidence.MEASURED),
        new MappingLine(new AddressRange(0x7f0000000000L, 0x7f0049c00000L), "r--s",
            "/var/lib/orders/state/index-000001.db", "mapped", "/var/lib/orders/state/index-000001.db", 1180 * MB,
            Confidence.MEASURED));
  }

  static Report go() {
    Ledger ledger = balanced(
        List.of(entry(Account.GO_HEAP, "", 3 * MB + 100 * KB), entry(Account.GO_IDLE, "", 228 * MB),
            entry(Account.GO_STACKS, "", 2 * MB), entry(Account.GO_RUNTIME, "", 9 * MB),
            entry(Account.LIBRARIES, "/app/edge", 6 * MB), entry(Account.LIBRARIES_DATA, "/app/edge", 700 * KB),
            entry(Account.KERNEL, "[vdso]", 4 * KB)),
        64 * KB);
    Remedy limit = new Remedy("Set a soft memory limit so that the runtime returns idle spans sooner",
        "GOMEMLIMIT=64MiB",
        OptionalLong.of(190 * MB), "more frequent collections near the limit");
    return new Report(WHEN, new ReportTarget(812, "edge", "Go", "1.22.4", "", ""),
        new Scales(ledger.residentBytes(), known(ledger.residentBytes() - 40 * KB), OptionalLong.empty(), known(0),
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), List.of(), ""),
        Optional.empty(), Optional.of(
            new Net(ByteRange.upTo(3 * MB + 100 * KB), "spans in use; live and dead objects in them are not told apart",
                List.of())),
        Optional.of(ledger),
        List.of(new Verdict.Yes("heap-idle",
            "228 MB of the 249 MB are idle heap that the Go runtime has not given back yet; the program uses 3.10 MB.",
            Verdict.Strength.HIGH, List.of(new Figure("go.idle", "228 MB, 91.6 % of RSS")), List.of(limit))),
        List.of(limit), List.of(), List.of(), List.of(), new Observer(4 * KB, 12, List.of()), List.of(), List.of());
  }

  static Report nginx() {
    Ledger ledger = balanced(List.of(entry(Account.MALLOC_USED, "", 1 * MB + 400 * KB),
        entry(Account.MALLOC_IDLE, "", 64 * KB), entry(Account.LIBRARIES, "/usr/sbin/nginx", 1 * MB + 80 * KB),
        entry(Account.LIBRARIES, "/usr/lib/x86_64-linux-gnu/libc.so.6", 1 * MB + 520 * KB),
        entry(Account.LIBRARIES, "/usr/lib/x86_64-linux-gnu/libcrypto.so.3", 900 * KB),
        entry(Account.LIBRARIES_DATA, "/usr/sbin/nginx", 220 * KB),
        entry(Account.SHARED, "/dev/zero (deleted)", 40 * KB),
        entry(Account.STACKS_NATIVE, "main", 36 * KB), entry(Account.KERNEL, "[vdso]", 4 * KB)), 0);
    return new Report(WHEN, new ReportTarget(77, "nginx", "native", "", "", ""),
        new Scales(ledger.residentBytes(), known(2 * MB), known(1 * MB), known(0), known(2 * MB), known(3 * MB),
            known(40 * KB), Optional.empty(), List.of(),
            "No limit is set on its groups: the machine's memory is the limit."),
        Optional.empty(), Optional.of(new Net(ByteRange.exactly(1 * MB + 400 * KB), "malloc in use", List.of())),
        Optional.of(ledger),
        List.of(new Verdict.No("mapped-files", "Mapped files are 0 % of RSS.", List.of()),
            new Verdict.No("allocator-retention", "malloc keeps 64.0 KB.", List.of())),
        List.of(), List.of(), List.of(), List.of(), new Observer(0, 7, List.of()), List.of(), List.of());
  }

  /** Another user's process: totals only. */
  static Report denied() {
    return new Report(WHEN, new ReportTarget(1, "postgres", "unknown", "", "", ""),
        new Scales(188 * MB, OptionalLong.empty(), OptionalLong.empty(), known(0), known(21 * MB), known(30 * MB),
            known(137 * MB), Optional.empty(), List.of(), ""),
        Optional.of(new Unread("The memory map of this process could not be read: only its totals are known.",
            "Run as root, or with CAP_SYS_PTRACE: sudo tare 1 (in a container: add the capability SYS_PTRACE).")),
        Optional.empty(), Optional.empty(),
        List.of(new Verdict.CannotTell("mapped-files", "Which files are mapped is not known.",
            "proc/smaps: run as the process's user or with CAP_SYS_PTRACE", List.of())),
        List.of(), List.of(), List.of(), List.of(), new Observer(0, 1, List.of()),
        List.of("The memory map was refused: run as the process's own user, as root, or with CAP_SYS_PTRACE."),
        List.of(new Problem("proc/smaps", "", "permission denied")));
  }

  /** 3,000 mappings and 400 threads. */
  static Report large() {
    List<Entry> entries = new ArrayList<>();
    List<MappingLine> mappings = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      String file = "/srv/segments/part-" + i + ".dat";
      long bytes = (1 + i % 97) * 4 * KB;
      entries.add(entry(Account.MAPPED, file, bytes));
      mappings.add(new MappingLine(AddressRange.ofSize(0x7f0000000000L + i * 0x100000L, 1 * MB), "r--s", file, "mapped",
          file, bytes, Confidence.MEASURED));
    }
    entries.add(entry(Account.STACKS_NATIVE, "", 60 * MB));
    entries.add(entry(Account.MALLOC_USED, "", 90 * MB));
    List<ThreadLine> threads = LongStream.range(0, 400).mapToObj(i -> new ThreadLine(9000 + i, "reader-" + i, "native",
        AddressRange.ofSize(0x7e0000000000L + i * 0x900000L, 8 * MB), (100 + i) * KB)).toList();
    Ledger ledger = balanced(entries, 120 * KB);
    return new Report(WHEN, new ReportTarget(9000, "segment-server", "native", "", "", ""),
        new Scales(ledger.residentBytes(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(),
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), List.of(), ""),
        Optional.empty(), Optional.empty(), Optional.of(ledger), List.of(), List.of(), List.of(), threads, mappings,
        new Observer(-12 * KB, 1400, List.of()), List.of(), List.of());
  }

  /** Names chosen by someone who wants the reader's terminal, browser or scraper to obey them. */
  public static Report hostile() {
    String escape = "\u001b]0;owned\u0007\u001b[2J";
    String markup = "</td><script>alert(1)</script><img src=x onerror=alert(2)>";
    String quotes = "a\"b'c\\d`e&amp;${7*7}";
    String direction = "exe.\u202egnp.\u2066hidden\u200b";
    String lines = "one\ntwo\r\nthree\u2028four\u0085five\ud800";
    String wide = "/データ/在庫/状態ファイル-とても長い名前のファイル-とても長い名前のファイル.索引";
    Ledger ledger = balanced(List.of(entry(Account.MAPPED, "/tmp/" + escape, 9 * MB),
        entry(Account.MAPPED, "/tmp/" + markup, 8 * MB), entry(Account.MAPPED, wide, 7 * MB),
        entry(Account.LIBRARIES, "/tmp/" + quotes, 6 * MB), entry(Account.SHARED, direction, 5 * MB),
        entry(Account.MALLOC_USED, lines, 4 * MB)), 3 * MB);
    Remedy remedy = new Remedy("Remove " + markup, "rm '" + escape + "'", OptionalLong.of(9 * MB), lines);
    return new Report(WHEN, new ReportTarget(666, escape + markup, markup, quotes, direction, lines),
        new Scales(ledger.residentBytes(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(),
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(),
            Optional.of(new Scales.Group(1, "/" + markup, known(40 * MB), OptionalLong.empty(), OptionalLong.empty(),
                OptionalLong.empty(), known(50 * MB), "/" + escape, OptionalLong.empty(), OptionalLong.empty(),
                OptionalLong.empty(), OptionalLong.empty(), List.of(quotes, direction))),
            List.of(new Scales.Step("RSS", markup, escape, -3 * MB)), escape + lines),
        Optional.of(new Unread(markup, escape + quotes)),
        Optional.of(new Net(new ByteRange(1 * MB, 4 * MB), markup, List.of())), Optional.of(ledger),
        List.of(new Verdict.Yes(markup, escape + markup, Verdict.Strength.LOW, List.of(new Figure(quotes, markup)),
            List.of(remedy)), new Verdict.CannotTell(escape, direction, markup, List.of())),
        List.of(remedy), List.of(new Figure(markup, escape)),
        List.of(new ThreadLine(7, escape + markup, quotes, AddressRange.ofSize(0x1000, 8 * MB), 4 * KB)),
        List.of(new MappingLine(AddressRange.ofSize(0x1000, 9 * MB), "rw-p", escape, "mapped", markup, 9 * MB,
            Confidence.INFERRED)),
        new Observer(0, 1, List.of(markup)), List.of(escape), List.of(new Problem(markup, escape, lines)));
  }

  static List<Report> all() {
    return List.of(jvm(), go(), nginx(), denied(), large(), hostile());
  }

  private static Ledger balanced(List<Entry> entries, long unexplained) {
    return new Ledger(entries.stream().mapToLong(Entry::residentBytes).sum() + unexplained, entries, unexplained);
  }

  private static Entry entry(Account account, String name, long bytes) {
    return new Entry(account, name, bytes, Confidence.MEASURED, "smaps and pagemap");
  }

  private static OptionalLong known(long bytes) {
    return OptionalLong.of(bytes);
  }
}
