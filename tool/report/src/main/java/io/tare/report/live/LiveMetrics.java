package io.tare.report.live;

import io.tare.model.history.LiveReading;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.ledger.Account;
import io.tare.report.look.MetricsDialect;
import io.tare.report.look.MetricsWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Watched processes as metrics, for whoever scrapes them: names by convention where there are some, else {@code tare_…}. */
public final class LiveMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MetricsWriter metrics;
  private final List<LiveReading> readings;

  private LiveMetrics(List<LiveReading> readings, MetricsDialect dialect) {
    this.readings = readings;
    metrics = new MetricsWriter(dialect);
  }

  public static String render(List<LiveReading> readings, MetricsDialect dialect) {
    LiveMetrics live = new LiveMetrics(readings, dialect);
    live.who();
    live.process();
    live.jvm();
    live.container();
    live.ledger();
    live.alerts();
    return live.metrics.finish();
  }

  /** What would make a new series of each restart stands here, and nowhere else. */
  private void who() {
    if (!readings.isEmpty()) {
      metrics.gauges("tare_process_pid", "The pid, which each start of a service changes.");
      readings.forEach(reading -> metrics.sample("tare_process_pid", reading.process().pid(),
          labels(reading, "runtime", reading.process().runtime())));
    }
  }

  private void process() {
    gauge("process_resident_memory_bytes", "Resident memory (RSS).", SampleColumn.RSS);
    seconds("process_cpu_seconds", "Processor time used.", SampleColumn.CPU_NANOS);
    gauge("process_open_fds", "Open file descriptors.", SampleColumn.FILE_DESCRIPTORS);
    gauge("tare_threads", "Threads.", SampleColumn.THREADS);
    gauge("tare_rss_anon_bytes", "Resident anonymous memory.", SampleColumn.RSS_ANON);
    gauge("tare_rss_file_bytes", "Resident pages of files.", SampleColumn.RSS_FILE);
    gauge("tare_rss_shared_bytes", "Resident shared memory.", SampleColumn.RSS_SHARED);
    gauge("tare_rss_peak_bytes", "The highest RSS since the process began.", SampleColumn.RSS_PEAK);
    gauge("tare_swap_bytes", "Memory in swap.", SampleColumn.SWAP);
  }

  private void jvm() {
    gauge("jvm_memory_used_bytes", "Heap in use, garbage included.", SampleColumn.HEAP_USED, "area", "heap");
    gauge("jvm_memory_committed_bytes", "Heap that the collector holds ready.", SampleColumn.HEAP_COMMITTED, "area",
        "heap");
    all("tare_heap_floor_bytes", "Heap in use after the last collection.", LiveReading::floorBytes);
    gauge("jvm_classes_currently_loaded", "Classes.", SampleColumn.CLASSES);
    if (any(SampleColumn.GC_RUNS) && any(SampleColumn.GC_NANOS)) {
      metrics.family("jvm_gc_collection_seconds", "summary", "Pauses of the collectors.");
      for (LiveReading reading : readings) {
        count("jvm_gc_collection_seconds_count", reading, SampleColumn.GC_RUNS);
        seconds("jvm_gc_collection_seconds_sum", reading, SampleColumn.GC_NANOS);
      }
    }
    seconds("tare_gc_cpu_seconds", "Processor time of the collectors' threads.", SampleColumn.GC_CPU_NANOS);
  }

  private void container() {
    gauge("tare_cgroup_usage_bytes", "What the container is charged.", SampleColumn.CGROUP_USAGE);
    gauge("tare_cgroup_page_cache_bytes", "Page cache charged to the container.", SampleColumn.CGROUP_FILE);
    gauge("tare_cgroup_working_set_bytes", "Usage less inactive file pages.", SampleColumn.WORKING_SET);
    all("tare_cgroup_limit_bytes", "The tightest limit.", reading -> reading.process().limitBytes());
    if (any(SampleColumn.OOM_KILLS)) {
      metrics.family("tare_cgroup_oom_kills", "counter", "Processes that the kernel has killed here.");
      readings.forEach(reading -> count("tare_cgroup_oom_kills_total", reading, SampleColumn.OOM_KILLS));
    }
  }

  private void ledger() {
    all("tare_net_bytes", "What the program itself put there and still uses.",
        reading -> reading.ledger().isPresent() ? reading.ledger().get().netBytes() : OptionalLong.empty());
    metrics.gauges("tare_account_resident_bytes", "Resident bytes of one account of the last ledger.");
    for (LiveReading reading : readings) {
      reading.ledger().ifPresent(ledger -> ledger.accounts().forEach((id, bytes) -> metrics
          .sample("tare_account_resident_bytes", bytes,
              labels(reading, "account", id, "kind", Account.byId(id).map(one -> one.kind().label()).orElse("")))));
    }
    all("tare_unexplained_bytes", "Resident bytes without an owner.", reading -> reading.ledger().isPresent()
        ? OptionalLong.of(reading.ledger().get().unexplainedBytes())
        : OptionalLong.empty());
    all("tare_ledger_timestamp_seconds", "When the last ledger was taken.", reading -> reading.ledger().isPresent()
        ? OptionalLong.of(reading.ledger().get().epochMillis() / 1000)
        : OptionalLong.empty());
  }

  private void alerts() {
    if (readings.stream().anyMatch(reading -> !reading.alerts().isEmpty())) {
      metrics.gauges("tare_alert_raised", "1 while the alarm is on.");
      readings.forEach(reading -> reading.alerts().forEach((rule, raised) -> metrics.sample("tare_alert_raised",
          raised ? 1L : 0L, labels(reading, "alert", rule))));
    }
  }

  private boolean any(SampleColumn column) {
    return readings.stream().anyMatch(reading -> reading.sample().has(column));
  }

  private void gauge(String name, String help, SampleColumn column, String... more) {
    all(name, help, reading -> reading.sample().get(column), more);
  }

  private void all(String name, String help, Function<LiveReading, OptionalLong> value, String... more) {
    if (readings.stream().anyMatch(reading -> value.apply(reading).isPresent())) {
      metrics.gauges(name, help);
      readings.forEach(reading -> value.apply(reading)
          .ifPresent(known -> metrics.sample(name, known, labels(reading, more))));
    }
  }

  private void seconds(String family, String help, SampleColumn column) {
    if (any(column)) {
      metrics.family(family, "counter", help);
      readings.forEach(reading -> seconds(family + "_total", reading, column));
    }
  }

  private void seconds(String name, LiveReading reading, SampleColumn column) {
    Sample sample = reading.sample();
    if (sample.has(column)) {
      metrics.sample(name, sample.raw(column) / NANOS_PER_SECOND, labels(reading));
    }
  }

  private void count(String name, LiveReading reading, SampleColumn column) {
    reading.sample().get(column).ifPresent(value -> metrics.sample(name, value, labels(reading)));
  }

  /** Service and container stay the same over a restart; the pid comes in only where it takes one to tell two apart. */
  private String[] labels(LiveReading reading, String... more) {
    List<String> labels = new ArrayList<>(List.of("service", reading.process().label()));
    if (!reading.container().isEmpty()) {
      labels.addAll(List.of("container", reading.container()));
    }
    if (readings.stream().filter(other -> isAlike(other, reading)).count() > 1) {
      labels.addAll(List.of("pid", Long.toString(reading.process().pid())));
    }
    labels.addAll(Arrays.asList(more));
    return labels.toArray(String[]::new);
  }

  private static boolean isAlike(LiveReading one, LiveReading other) {
    return one.process().label().equals(other.process().label()) && one.container().equals(other.container());
  }
}
