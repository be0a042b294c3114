package io.tare.report.ledger;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.ByteRange;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Kind;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Net;
import io.tare.model.report.Report;
import io.tare.model.report.Scales;
import io.tare.report.look.MetricsDialect;
import io.tare.report.look.MetricsWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** One reading as OpenMetrics: a gauge a scale, and one for every account. */
public final class LedgerMetrics {
  private static final String ACCOUNT = "tare_account_resident_bytes";

  private LedgerMetrics() {}

  public static String render(Report report) {
    MetricsWriter metrics = new MetricsWriter(MetricsDialect.OPENMETRICS);
    metrics.family("tare_target", "info", "Which process was weighed.").sample("tare_target_info", 1, "pid",
        Long.toString(report.target().pid()), "process", report.target().name(), "runtime", report.target().runtime(),
        "version", report.target().version(), "collector", report.target().collector());
    process(metrics, report.scales());
    bounds(metrics, report);
    report.ledger().ifPresent(ledger -> ledger(metrics, ledger));
    report.scales().group().ifPresent(group -> group(metrics, group));
    metrics.gauge("tare_observer_rss_delta_bytes", "Change of RSS while the process was read.",
        OptionalLong.of(report.observer().rssDeltaBytes()));
    return metrics.finish();
  }

  private static void bounds(MetricsWriter metrics, Report report) {
    metrics.gauge("tare_net_bytes", "What the program itself put there and still uses, at most.",
        number(report.net().map(Net::bytes), ByteRange::mostBytes));
    metrics.gauge("tare_net_least_bytes", "What the program itself put there and still uses, at least.",
        number(report.net().map(Net::bytes), ByteRange::leastBytes));
    metrics.gauge("tare_tare_bytes", "Gross less net, at least.", number(report.tare(), ByteRange::leastBytes));
    metrics.gauge("tare_tare_most_bytes", "Gross less net, at most.", number(report.tare(), ByteRange::mostBytes));
  }

  private static OptionalLong number(Optional<ByteRange> range, ToLongFunction<ByteRange> bound) {
    return range.stream().mapToLong(bound).findFirst();
  }

  private static void process(MetricsWriter metrics, Scales scales) {
    metrics.gauge("process_resident_memory_bytes", "Resident memory (RSS).", OptionalLong.of(scales.rssBytes()));
    metrics.gauge("tare_pss_bytes", "Resident memory with shared pages divided among their users.", scales.pssBytes());
    metrics.gauge("tare_uss_bytes", "Resident memory of this process alone.", scales.ussBytes());
    metrics.gauge("tare_swap_bytes", "Memory in swap.", scales.swapBytes());
  }

  private static void ledger(MetricsWriter metrics, Ledger ledger) {
    metrics.gauges(ACCOUNT, "Resident bytes of one account of the ledger.");
    sums(ledger).forEach((key, bytes) -> metrics.sample(ACCOUNT, bytes, "account", key.account().id(), "name",
        key.name(), "kind", key.account().kind().label()));
    metrics.gauge("tare_unexplained_bytes", "Resident bytes without an owner.",
        OptionalLong.of(ledger.unexplainedBytes()));
    metrics.gauges("tare_kind_resident_bytes", "Resident bytes by kind.");
    for (Kind kind : Kind.values()) {
      long bytes = kind == Kind.UNEXPLAINED ? ledger.unexplainedBytes() : ledger.bytes(kind);
      metrics.sample("tare_kind_resident_bytes", bytes, "kind", kind.label());
    }
  }

  private record Key(Account account, String name) {}

  // A set of labels may stand only once: entries that share account and name are one sample.
  private static Map<Key, Long> sums(Ledger ledger) {
    Map<Key, Long> sums = new LinkedHashMap<>();
    for (Entry entry : ledger.entries()) {
      sums.merge(new Key(entry.account(), entry.name()), entry.residentBytes(), Long::sum);
    }
    return sums;
  }

  private static void group(MetricsWriter metrics, Scales.Group group) {
    metrics.gauge("tare_cgroup_usage_bytes", "What the container is charged.", group.usageBytes());
    metrics.gauge("tare_cgroup_working_set_bytes", "Usage less inactive file pages.", group.workingSetBytes());
    metrics.gauge("tare_cgroup_kernel_bytes", "Kernel memory charged to the container.", group.kernelBytes());
    metrics.gauge("tare_cgroup_page_cache_bytes", "Page cache charged to the container.", group.pageCacheBytes());
    metrics.gauge("tare_cgroup_limit_bytes", "The tightest limit.", group.limitBytes());
    metrics.gauge("tare_cgroup_reclaimable_bytes", "What the kernel can take back under pressure.",
        group.reclaimableBytes());
    metrics.gauge("tare_cgroup_headroom_bytes", "Limit less what can't be reclaimed.", group.headroomBytes());
    metrics.gauge("tare_cgroup_peak_bytes", "The highest usage so far.", group.peakBytes());
    group.oomKills().ifPresent(kills -> metrics
        .family("tare_cgroup_oom_kills", "counter", "Processes that the kernel has killed here for want of memory.")
        .sample("tare_cgroup_oom_kills_total", kills));
  }
}
