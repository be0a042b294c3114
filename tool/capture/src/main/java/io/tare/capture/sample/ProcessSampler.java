package io.tare.capture.sample;

import io.tare.capture.cgroup.OwnGroup;
import io.tare.capture.proc.Hsperfdata;
import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.proc.LabelledNumbers;
import io.tare.formats.proc.StatNumbers;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    if (group.isPresent()) {
      group.get().close();
    }
    if (hotspot.isPresent()) {
      hotspot.get().close();
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
  private final long[] found = new long[2];

  GroupSampler(OwnGroup group) {
    boolean first = group.version() == 1;
    Path folder = group.folder();
    usage = HeldFile.open(folder.resolve(first ? "memory.usage_in_bytes" : "memory.current"));
    stat = HeldFile.open(folder.resolve("memory.stat"));
    events = HeldFile.open(folder.resolve(first ? "memory.oom_control" : "memory.events"));
    statNumbers = new LabelledNumbers(first
        ? List.of("total_cache", "total_inactive_file")
        : List.of("file", "inactive_file"));
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
    });
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
    for (Optional<HeldFile> file : List.of(usage, stat, events)) {
      if (file.isPresent()) {
        file.get().close();
      }
    }
  }
}
