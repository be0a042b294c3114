package io.tare.history.advice;

import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.SampleTable;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.SampleColumn.Collector;
import io.tare.model.history.Weighing;
import io.tare.model.ledger.Account;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a recording says of the load and what it took. Zero is "nothing of the kind was seen".
 *
 * @param charged the most that the container was charged for at once: anonymous and shared memory, and the files that it runs from
 * @param usual what was resident at most for nine tenths of the time
 * @param heapUsed the most that was in use between collections
 * @param heapFloor the most that was left after one; none where that still rose at the end, for then the most was not seen
 * @param heapMost the heap's maximum while this was recorded
 * @param heapRoom how much more than that a collector needs to work without haste
 * @param heapForAll how much larger than what was ever in use a heap must be to hold it, were none of it garbage
 * @param besideHeap the most that was resident beside the Java heap, without files that the kernel can drop; of ledgers that know the heap:
 *        one that was taken while the program ended counts the heap as not explained
 */
record LoadFigures(long millis, double processorShare, double collections, double collectorShare, long charged,
    long usual, long heapUsed, long heapFloor, long heapMost, double heapRoom,
    double heapForAll, long besideHeap, long metaspace, long goBytes,
    long besideGo, long kernelBytes) {
  private static final List<String> HEAP = Stream.of(Account.HEAP_USED, Account.HEAP_LIVE, Account.HEAP_GARBAGE,
      Account.HEAP_IDLE, Account.HEAP_UNSPLIT, Account.HEAP_DUPLICATE).map(Account::id).toList();
  private static final List<String> FILES = Stream.of(Account.MAPPED, Account.MAPPED_DIRTY).map(Account::id).toList();
  private static final List<String> GO = Stream
      .of(Account.GO_HEAP, Account.GO_IDLE, Account.GO_UNSPLIT, Account.GO_STACKS, Account.GO_RUNTIME).map(Account::id)
      .toList();
  private static final List<String> CLASSES = Stream.of(Account.METASPACE_CLASS, Account.METASPACE_NONCLASS)
      .map(Account::id).toList();
  /** Page tables take an entry of eight bytes a page; a thread a stack of 16 KB in the kernel and a task. */
  private static final int PAGES_PER_TABLE_BYTE = 400;
  private static final long KERNEL_BYTES_PER_THREAD = 24 << 10;
  private static final long KERNEL_BYTES = 1 << 20;
  private static final double USUALLY = 0.9;
  /** A next run of the same load is not the same to the byte. */
  static final double ROOM = 1.05;
  private static final double SPLIT = 1.5;
  private static final int FEWEST_FLOORS = 4;
  private static final double STILL_RISING = 1.1;

  static LoadFigures of(RecordedTrack track) {
    SampleTable samples = track.samples();
    List<Weighing> ledgers = track.ofTheLastProgram();
    int last = samples.size() - 1;
    long millis = last < 0 ? 0 : samples.epochMillis(last) - samples.epochMillis(0);
    double nanos = Math.max(1, millis) * 1e6;
    long anonymous = (long) (highest(samples, SampleColumn.RSS_ANON)
        + Math.max(0, highest(samples, SampleColumn.RSS_SHARED)));
    long resident = (long) highest(samples, SampleColumn.RSS);
    // What the kernel saw between two readings, and no reading did.
    long unseen = Math.max(0, (long) highest(samples, SampleColumn.RSS_PEAK) - resident);
    long files = most(ledgers, ledger -> ledger.bytes(Account.LIBRARIES.id()));
    long threads = (long) highest(samples, SampleColumn.THREADS);
    long charged = anonymous + unseen + files;
    return new LoadFigures(millis, change(samples, SampleColumn.CPU_NANOS) / nanos,
        change(samples, SampleColumn.GC_RUNS), change(samples, SampleColumn.GC_NANOS) / nanos, charged, usual(samples),
        (long) highest(samples, SampleColumn.HEAP_USED), settledFloor(samples),
        heapMost(samples), room(highest(samples, SampleColumn.GC_KIND)), isSplit(samples) ? SPLIT : ROOM,
        beside(ledgers, HEAP),
        most(ledgers, ledger -> sum(ledger, CLASSES)), most(ledgers, ledger -> sum(ledger, GO)),
        beside(ledgers, GO),
        charged / PAGES_PER_TABLE_BYTE + threads * KERNEL_BYTES_PER_THREAD + KERNEL_BYTES);
  }

  /** The most of two recordings, figure by figure. */
  LoadFigures most(LoadFigures other) {
    return new LoadFigures(millis + other.millis, Math.max(processorShare, other.processorShare),
        Math.max(collections, other.collections), Math.max(collectorShare, other.collectorShare),
        Math.max(charged, other.charged), Math.max(usual, other.usual), Math.max(heapUsed, other.heapUsed),
        Math.max(heapFloor, other.heapFloor), Math.max(heapMost, other.heapMost), Math.max(heapRoom, other.heapRoom),
        Math.max(heapForAll, other.heapForAll),
        Math.max(besideHeap, other.besideHeap), Math.max(metaspace, other.metaspace), Math.max(goBytes, other.goBytes),
        Math.max(besideGo, other.besideGo),
        Math.max(kernelBytes, other.kernelBytes));
  }

  /** Generations of fixed proportions leave an old one of two thirds; a concurrent collector needs room while it works. */
  private static double room(double collector) {
    return Collector.byCode(collector).map(one -> switch (one) {
      case SERIAL, PARALLEL -> 1.75;
      case G1 -> 1.6;
      case ZGC, SHENANDOAH -> 2.0;
    }).orElse(1.75);
  }

  /** Serial and Parallel have an old generation of two thirds, unless they were told otherwise; that of others may be the whole heap. */
  private static long heapMost(SampleTable samples) {
    double old = highest(samples, SampleColumn.OLD_MOST);
    return (long) (isSplit(samples) ? old * SPLIT : old);
  }

  private static boolean isSplit(SampleTable samples) {
    return isOne(samples, Collector.SERIAL) || isOne(samples, Collector.PARALLEL);
  }

  private static boolean isOne(SampleTable samples, Collector collector) {
    return Collector.byCode(highest(samples, SampleColumn.GC_KIND)).equals(Optional.of(collector));
  }

  private static long settledFloor(SampleTable samples) {
    double[] floors = column(samples, SampleColumn.HEAP_FLOOR).filter(floor -> floor > 0).toArray();
    if (floors.length < FEWEST_FLOORS) {
      return 0;
    }
    double before = Arrays.stream(floors, 0, floors.length * 3 / 4).max().orElse(0);
    double atTheEnd = Arrays.stream(floors, floors.length * 3 / 4, floors.length).max().orElse(0);
    return atTheEnd > STILL_RISING * before ? 0 : (long) Math.max(before, atTheEnd);
  }

  private static DoubleStream column(SampleTable samples, SampleColumn column) {
    return IntStream.range(0, samples.size()).mapToDouble(row -> samples.value(column, row)).filter(Double::isFinite);
  }

  private static double highest(SampleTable samples, SampleColumn column) {
    return column(samples, column).max().orElse(0);
  }

  private static double change(SampleTable samples, SampleColumn counter) {
    double[] values = column(samples, counter).toArray();
    return values.length < 2 ? 0 : values[values.length - 1] - values[0];
  }

  private static long usual(SampleTable samples) {
    double[] values = column(samples, SampleColumn.RSS).toArray();
    Arrays.sort(values);
    return values.length == 0 ? 0 : (long) values[(int) Math.min(values.length - 1, values.length * USUALLY)];
  }

  private static long most(List<Weighing> ledgers, ToLongFunction<Weighing> bytes) {
    return Math.max(0, ledgers.stream().mapToLong(bytes).max().orElse(0));
  }

  private static long beside(List<Weighing> ledgers, List<String> accounts) {
    return most(ledgers.stream().filter(ledger -> sum(ledger, accounts) > 0).toList(),
        ledger -> ledger.grossBytes() - sum(ledger, accounts) - sum(ledger, FILES));
  }

  private static long sum(Weighing ledger, List<String> accounts) {
    return accounts.stream().mapToLong(ledger::bytes).sum();
  }
}
