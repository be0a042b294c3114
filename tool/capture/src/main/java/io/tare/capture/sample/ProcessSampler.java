package io.tare.capture.sample;

import io.tare.capture.cgroup.OwnGroup;
import io.tare.capture.kernel.PageSize;
import io.tare.capture.proc.Hsperfdata;
import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.proc.LabelledNumbers;
import io.tare.formats.proc.StatNumbers;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads one process every second, in well under a millisecond and without the process noticing. The files stay open, so a pid that
 * is given to another process later is never mistaken for it.
 */
public final class ProcessSampler implements AutoCloseable {
  private static final List<String> STATUS = List.of("VmRSS", "RssAnon", "RssFile", "RssShmem", "VmSwap", "VmHWM",
      "Threads");
  /** {@code USER_HZ}: 100 on every Linux that HotSpot runs on. */
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final int LONGEST_PAUSE_BETWEEN_SEARCHES = 64;

  private final ProcessFolder folder;
  private final HeldFile status;
  private final HeldFile stat;
  private final Optional<GroupSampler> group;
  private final MemoryWait machineWait = new MemoryWait(HeldFile.open(Path.of("/proc/pressure/memory")));
  private Optional<SharedSampler> shared = Optional.empty();
  private final LabelledNumbers statusNumbers = new LabelledNumbers(STATUS);
  private final long[] statFields = new long[StatNumbers.FIELDS];
  private Optional<HotspotSampler> hotspot = Optional.empty();
  private int untilNextSearch;
  private int pauseBetweenSearches = 1;
  private long waitStatus;

  private ProcessSampler(ProcessFolder folder, HeldFile status, HeldFile stat, Optional<GroupSampler> group) {
    this.folder = folder;
    this.status = status;
    this.stat = stat;
    this.group = group;
  }

  /** Empty when there is no such process, or nothing of it may be read. */
  public static Optional<ProcessSampler> open(ProcessFolder folder, Optional<OwnGroup> group) throws IOException {
    Optional<HeldFile> status = HeldFile.open(folder.file("status"));
    Optional<HeldFile> stat = HeldFile.open(folder.file("stat"));
    if (status.isEmpty() || stat.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ProcessSampler(folder, status.get(), stat.get(), group.map(GroupSampler::new)));
  }

  /** Empty once the process has ended. */
  public Optional<Sample> sample(long epochMillis) {
    int length = stat.read();
    int fields = StatNumbers.read(stat.bytes(), length, statFields);
    char state = fields == 0 ? 'X' : (char) statFields[StatNumbers.STATE];
    if (state == 'Z' || state == 'X') {
      waitStatus = fields > StatNumbers.EXIT_CODE ? statFields[StatNumbers.EXIT_CODE] : waitStatus;
      return Optional.empty();
    }
    long[] values = Sample.noValues();
    kernel(values);
    group.ifPresent(reader -> reader.sample(values));
    values[SampleColumn.MACHINE_WAIT_NANOS.index()] = machineWait.nanos();
    shared.ifPresent(reader -> reader.sample(epochMillis, values));
    hotspot().ifPresent(reader -> reader.sample(values));
    return Optional.of(Sample.of(epochMillis, values));
  }

  private void kernel(long[] values) {
    long[] numbers = new long[STATUS.size()];
    int length = status.read();
    statusNumbers.read(status.bytes(), length, numbers, 0);
    SampleColumn[] columns = {SampleColumn.RSS, SampleColumn.RSS_ANON, SampleColumn.RSS_FILE, SampleColumn.RSS_SHARED,
        SampleColumn.SWAP, SampleColumn.RSS_PEAK, SampleColumn.THREADS};
    for (int i = 0; i < columns.length; i++) {
      values[columns[i].index()] = numbers[i];
    }
    values[SampleColumn.CPU_NANOS.index()] = (statFields[StatNumbers.USER_TICKS]
        + statFields[StatNumbers.SYSTEM_TICKS]) * NANOS_PER_TICK;
    values[SampleColumn.MAJOR_FAULTS.index()] = statFields[StatNumbers.MAJOR_FAULTS];
    values[SampleColumn.FILE_DESCRIPTORS.index()] = descriptors();
  }

  /** Since Linux 6.2 the folder's size is the number of descriptors; before, it is zero, and counting would be dear. */
  private long descriptors() {
    try {
      long count = Files.size(folder.file("fd"));
      return count > 0 ? count : Sample.UNKNOWN;
    } catch (IOException denied) {
      return Sample.UNKNOWN;
    }
  }

  /** A JVM makes its file a moment after it starts; of what isn't one it is looked for more and more rarely. */
  private Optional<HotspotSampler> hotspot() {
    if (hotspot.isPresent() || untilNextSearch-- > 0) {
      return hotspot;
    }
    hotspot = Hsperfdata.file(folder).map(HeldFile::of).map(HotspotSampler::new);
    pauseBetweenSearches = Math.min(LONGEST_PAUSE_BETWEEN_SEARCHES, pauseBetweenSearches * 2);
    untilNextSearch = pauseBetweenSearches;
    return hotspot;
  }

  /** From now on PSS is read, too: of a family whose members share pages. */
  public void readShared() {
    shared = shared.or(() -> HeldFile.open(folder.file("smaps_rollup")).map(SharedSampler::new));
  }

  /** Another program has taken the process's place: it may be a JVM. */
  public void lookAgain() {
    untilNextSearch = 0;
    pauseBetweenSearches = 1;
  }

  /** What {@code wait} will tell its parent, if the process was seen dead and not yet collected and the kernel told; else 0. */
  public long waitStatus() {
    return waitStatus;
  }

  /** How many processes the kernel has killed in the group for want of memory, or {@link Sample#UNKNOWN}. */
  public long oomKills() {
    return group.map(GroupSampler::oomKills).orElse(Sample.UNKNOWN);
  }

  @Override
  public void close() throws IOException {
    status.close();
    stat.close();
    machineWait.close();
    if (shared.isPresent()) {
      shared.get().close();
    }
    if (group.isPresent()) {
      group.get().close();
    }
    if (hotspot.isPresent()) {
      hotspot.get().close();
    }
  }
}

/**
 * Reads PSS. The kernel walks all pages of the process for it, so it is read when RSS has moved, and each ten seconds.
 */
final class SharedSampler implements AutoCloseable {
  private static final long TURN_MILLIS = 10_000;
  private static final long MOVED_BYTES = 1L << 20;
  private static final double MOVED_SHARE = 0.05;

  private final HeldFile rollup;
  private final LabelledNumbers numbers = new LabelledNumbers(List.of("Pss"));
  private final long[] found = new long[1];
  private long readAtMillis;
  private long rssBytes;

  SharedSampler(HeldFile rollup) {
    this.rollup = rollup;
  }

  void sample(long epochMillis, long[] into) {
    long rss = into[SampleColumn.RSS.index()];
    boolean moved = Math.abs(rss - rssBytes) >= Math.max(MOVED_BYTES, rssBytes * MOVED_SHARE);
    if (!moved && epochMillis - readAtMillis < TURN_MILLIS) {
      return;
    }
    readAtMillis = epochMillis;
    rssBytes = rss;
    numbers.read(rollup.bytes(), rollup.read(), found, 0);
    into[SampleColumn.PSS.index()] = found[0];
  }

  @Override
  public void close() throws IOException {
    rollup.close();
  }
}

/** How long tasks have waited for memory, as the kernel's pressure files have it: {@code some avg10=0.00 … total=242962}. */
final class MemoryWait implements AutoCloseable {
  private static final byte[] TOTAL = "total=".getBytes(StandardCharsets.US_ASCII);
  private static final long NANOS_PER_MICRO = 1_000;

  private final Optional<HeldFile> file;

  MemoryWait(Optional<HeldFile> file) {
    this.file = file;
  }

  long nanos() {
    return file.map(held -> nanos(held.read(), held.bytes())).orElse(Sample.UNKNOWN);
  }

  /** Of the first line, in which some wait; the second is of those moments when all do. */
  static long nanos(int length, byte[] text) {
    for (int at = 0; at + TOTAL.length < length && text[at] != '\n'; at++) {
      if (Arrays.equals(text, at, at + TOTAL.length, TOTAL, 0, TOTAL.length)) {
        long micros = 0;
        int digit = at + TOTAL.length;
        while (digit < length && text[digit] >= '0' && text[digit] <= '9') {
          micros = micros * 10 + (text[digit++] - '0');
        }
        return digit == at + TOTAL.length ? Sample.UNKNOWN : micros * NANOS_PER_MICRO;
      }
    }
    return Sample.UNKNOWN;
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}

/** Reads what the container is charged. */
final class GroupSampler implements AutoCloseable {
  private final Optional<HeldFile> usage;
  private final Optional<HeldFile> stat;
  private final Optional<HeldFile> events;
  private final LabelledNumbers statNumbers;
  private final LabelledNumbers eventNumbers = new LabelledNumbers(List.of("oom_kill"));
  private final long[] found = new long[4];
  private final MemoryWait wait;

  GroupSampler(OwnGroup group) {
    boolean first = group.version() == 1;
    Path folder = group.folder();
    usage = HeldFile.open(folder.resolve(first ? "memory.usage_in_bytes" : "memory.current"));
    stat = HeldFile.open(folder.resolve("memory.stat"));
    events = HeldFile.open(folder.resolve(first ? "memory.oom_control" : "memory.events"));
    statNumbers = new LabelledNumbers(first
        ? List.of("total_cache", "total_inactive_file", "total_pswpin", "total_workingset_refault_anon")
        : List.of("file", "inactive_file", "pswpin", "workingset_refault_anon"));
    wait = new MemoryWait(first ? Optional.empty() : HeldFile.open(folder.resolve("memory.pressure")));
  }

  void sample(long[] into) {
    long usageBytes = usage.map(GroupSampler::number).orElse(Sample.UNKNOWN);
    into[SampleColumn.CGROUP_USAGE.index()] = usageBytes;
    stat.ifPresent(file -> {
      int length = file.read();
      statNumbers.read(file.bytes(), length, found, 0);
      into[SampleColumn.CGROUP_FILE.index()] = found[0];
      if (usageBytes != Sample.UNKNOWN && found[1] != Sample.UNKNOWN) {
        into[SampleColumn.WORKING_SET.index()] = Math.max(0, usageBytes - found[1]);
      }
      // Older kernels count only those pages that came back soon, which are nearly all.
      long pages = found[2] != Sample.UNKNOWN ? found[2] : found[3];
      if (pages != Sample.UNKNOWN) {
        into[SampleColumn.SWAPPED_IN.index()] = pages * PageSize.ofThisMachine();
      }
    });
    into[SampleColumn.GROUP_WAIT_NANOS.index()] = wait.nanos();
    into[SampleColumn.OOM_KILLS.index()] = oomKills();
  }

  private static long number(HeldFile file) {
    int length = file.read();
    long value = 0;
    int at = 0;
    while (at < length && file.bytes()[at] >= '0' && file.bytes()[at] <= '9') {
      value = value * 10 + (file.bytes()[at++] - '0');
    }
    return at == 0 ? Sample.UNKNOWN : value;
  }

  /** How many processes the kernel has killed in this group. */
  long oomKills() {
    long[] kills = {Sample.UNKNOWN};
    events.ifPresent(file -> {
      int length = file.read();
      eventNumbers.read(file.bytes(), length, kills, 0);
    });
    return kills[0];
  }

  @Override
  public void close() throws IOException {
    wait.close();
    for (Optional<HeldFile> file : List.of(usage, stat, events)) {
      if (file.isPresent()) {
        file.get().close();
      }
    }
  }
}
