package io.tare.capture.sample;

import io.tare.capture.cgroup.OwnGroup;
import io.tare.formats.proc.LabelledNumbers;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
