package io.tare.model.history;

import io.tare.model.history.Series.SeriesUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a cheap reading holds. The index is part of the recording file's format: it is never given to another column.
 */
public enum SampleColumn {
  RSS(0, SeriesNames.RSS, SeriesUnit.BYTES),
  RSS_ANON(1, SeriesNames.RSS_ANON, SeriesUnit.BYTES),
  RSS_FILE(2,
      SeriesNames.RSS_FILE, SeriesUnit.BYTES),
  RSS_SHARED(3, SeriesNames.RSS_SHARED,
      SeriesUnit.BYTES),
  SWAP(4, SeriesNames.SWAP, SeriesUnit.BYTES),
  /** The highest RSS since the process began, as the kernel keeps it: also what no reading saw. */
  RSS_PEAK(5, SeriesNames.RSS_PEAK, SeriesUnit.BYTES),
  THREADS(6, SeriesNames.THREADS, SeriesUnit.COUNT),
  CPU_NANOS(7,
      SeriesNames.CPU_NANOS, SeriesUnit.NANOS_COUNTER),
  FILE_DESCRIPTORS(8, SeriesNames.FILE_DESCRIPTORS,
      SeriesUnit.COUNT),
  CGROUP_USAGE(9, SeriesNames.CGROUP_USAGE, SeriesUnit.BYTES),
  CGROUP_FILE(10,
      SeriesNames.CGROUP_FILE, SeriesUnit.BYTES),
  WORKING_SET(11, SeriesNames.WORKING_SET, SeriesUnit.BYTES),
  /** Processes that the kernel has killed in the group for want of memory. */
  OOM_KILLS(12, "cgroup.oom-kills", SeriesUnit.COUNT_COUNTER),
  HEAP_USED(13, SeriesNames.HEAP_USED,
      SeriesUnit.BYTES),
  HEAP_COMMITTED(14, SeriesNames.HEAP_COMMITTED, SeriesUnit.BYTES),
  HEAP_FLOOR(15,
      SeriesNames.HEAP_FLOOR, SeriesUnit.BYTES),
  ALLOCATED(16, SeriesNames.ALLOCATED,
      SeriesUnit.BYTES_COUNTER),
  GC_RUNS(17, SeriesNames.GC_RUNS,
      SeriesUnit.COUNT_COUNTER),
  GC_NANOS(18, SeriesNames.GC_NANOS, SeriesUnit.NANOS_COUNTER),
  /** Processor time of all collector threads, where the JVM counts it (JDK 22 and later). */
  GC_CPU_NANOS(19, "gc.cpu", SeriesUnit.NANOS_COUNTER),
  CLASSES(20, SeriesNames.CLASSES, SeriesUnit.COUNT),
  /** Collections of the whole heap: only after them the floor is the floor. */
  GC_WHOLE_RUNS(21, SeriesNames.GC_WHOLE_RUNS, SeriesUnit.COUNT_COUNTER),
  /** Collections that compacted all of it: of Serial, Parallel and G1. */
  GC_FULL_RUNS(22, SeriesNames.GC_FULL_RUNS, SeriesUnit.COUNT_COUNTER),
  /** These stay as they are, and come with each floor only. */
  GC_KIND(23, SeriesNames.GC_KIND, SeriesUnit.FACT),
  OLD_MOST(24, SeriesNames.OLD_MOST, SeriesUnit.FACT),
  GC_START_PERCENT(25, SeriesNames.GC_START_PERCENT, SeriesUnit.FACT),
  GC_WASTE_PERCENT(26, SeriesNames.GC_WASTE_PERCENT, SeriesUnit.FACT),
  /** Faults for which a page had to be read: of a file, or from swap. */
  MAJOR_FAULTS(27, SeriesNames.MAJOR_FAULTS, SeriesUnit.COUNT_COUNTER),
  /** Time in which at least one task of the group waited for memory. */
  GROUP_WAIT_NANOS(28, SeriesNames.GROUP_WAIT_NANOS, SeriesUnit.NANOS_COUNTER),
  /** The same of the whole machine. */
  MACHINE_WAIT_NANOS(29, SeriesNames.MACHINE_WAIT_NANOS, SeriesUnit.NANOS_COUNTER),
  /** What the group has read back from swap. */
  SWAPPED_IN(30, SeriesNames.SWAPPED_IN, SeriesUnit.BYTES_COUNTER),
  /** Where a whole family is recorded, and rarely: its sum counts each shared page once. */
  PSS(31, SeriesNames.PSS, SeriesUnit.BYTES),
  /** What of the old generation was reached from the program's roots: rare, and only while a verdict wants it. */
  OLD_REACHED(32, SeriesNames.OLD_REACHED, SeriesUnit.BYTES);

  /** What {@link #GC_KIND} holds. The code is part of the recording file's format. */
  public enum Collector {
    SERIAL(1, "Serial"), PARALLEL(2, "Parallel"), G1(3, "G1"), ZGC(4, "ZGC"), SHENANDOAH(5, "Shenandoah");

    private final int code;
    private final String title;

    Collector(int code, String title) {
      this.code = code;
      this.title = title;
    }

    public int code() {
      return code;
    }

    public String title() {
      return title;
    }

    public static Optional<Collector> byCode(double code) {
      return Arrays.stream(values()).filter(one -> one.code == code).findFirst();
    }

    /** By the name of a collection as the JVM's counters and logs have it: {@code G1 young collection pauses}, {@code Z…}. */
    public static Optional<Collector> byName(String name) {
      return Arrays.stream(values()).filter(one -> name.startsWith(one == ZGC ? "Z" : one.title)).findFirst();
    }
  }

  private final int index;
  private final String series;
  private final SeriesUnit unit;

  SampleColumn(int index, String series, SeriesUnit unit) {
    this.index = index;
    this.series = series;
    this.unit = unit;
  }

  /** The place of the column in a reading, and in the recording file. */
  public int index() {
    return index;
  }

  /** The id of the series that the readings make. */
  public String series() {
    return series;
  }

  public SeriesUnit unit() {
    return unit;
  }
}
