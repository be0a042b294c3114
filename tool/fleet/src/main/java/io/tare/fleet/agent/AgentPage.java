package io.tare.fleet.agent;

import io.tare.history.live.Clocks;
import io.tare.model.history.Sample;
import io.tare.model.history.Weighing;
import io.tare.report.look.MetricsDialect;
import io.tare.report.look.MetricsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The agent as metrics: what it does, what it costs, what waits, what was lost; and of the processes sums by service only, for a series of each
 * account of each process would be more than a server of metrics can keep.
 */
final class AgentPage {
  private static final int MOST_SERVICES = 200;
  private static final String OTHERS = "(others)";
  private static final long PAGE_BYTES = 4096;

  private final AgentNumbers numbers;
  private final Spool spool;
  private final String version;
  private final String node;
  private volatile Now now = new Now(0, 0, 0, 0, 0, List.of());

  /**
   * How it stands after a round.
   *
   * @param longestWait for the next ledger, in turns
   */
  record Now(double share, long processes, long intervalMillis, double everySeconds, double longestWait,
      List<ServiceSum> services) {
    Now {
      services = List.copyOf(services);
    }
  }

  /** What the processes of one service come to, as far as it is known: {@code weighed} of them have a ledger. */
  record ServiceSum(String namespace, String service, long processes, long rssBytes, long weighed, long netBytes,
      long unexplainedBytes) {
    static ServiceSum of(Track track) {
      OptionalLong net = track.ledger().map(Weighing::netBytes).orElse(OptionalLong.empty());
      return new ServiceSum(track.labels().getOrDefault("namespace", ""), track.service(), 1,
          track.rssBytes() == Sample.UNKNOWN ? 0 : track.rssBytes(), net.isPresent() ? 1 : 0, net.orElse(0),
          net.isPresent() ? track.ledger().map(Weighing::unexplainedBytes).orElse(0L) : 0);
    }

    ServiceSum plus(ServiceSum other) {
      return new ServiceSum(namespace, service, processes + other.processes, rssBytes + other.rssBytes,
          weighed + other.weighed, netBytes + other.netBytes, unexplainedBytes + other.unexplainedBytes);
    }

    private ServiceSum amongOthers() {
      return new ServiceSum("", OTHERS, processes, rssBytes, weighed, netBytes, unexplainedBytes);
    }
  }

  AgentPage(AgentNumbers numbers, Spool spool, String version, String node) {
    this.numbers = numbers;
    this.spool = spool;
    this.version = version;
    this.node = node;
  }

  void show(Now latest) {
    now = latest;
  }

  /** The sums, the largest first; beyond a number of services the rest is one. */
  static List<ServiceSum> sums(Collection<Track> tracks) {
    Map<List<String>, ServiceSum> byService = tracks.stream().map(ServiceSum::of)
        .collect(Collectors.toMap(sum -> List.of(sum.namespace(), sum.service()), sum -> sum, ServiceSum::plus,
            LinkedHashMap::new));
    List<ServiceSum> largestFirst = byService.values().stream()
        .sorted(Comparator.comparingLong(ServiceSum::rssBytes).reversed()).toList();
    if (largestFirst.size() <= MOST_SERVICES) {
      return largestFirst;
    }
    List<ServiceSum> kept = new ArrayList<>(largestFirst.subList(0, MOST_SERVICES));
    largestFirst.stream().skip(MOST_SERVICES).map(ServiceSum::amongOthers).reduce(ServiceSum::plus)
        .ifPresent(kept::add);
    return kept;
  }

  String render(MetricsDialect dialect) {
    MetricsWriter out = new MetricsWriter(dialect);
    Now shown = now;
    out.gauges("tare_agent_info", "The agent's version and node.").sample("tare_agent_info", 1, "version", version,
        "node", node);
    itself(out, shown);
    processes(out, shown);
    delivery(out);
    services(out, shown.services());
    return out.finish();
  }

  private void itself(MetricsWriter out, Now shown) {
    out.family("tare_agent_cpu_seconds", "counter", "Processor time of the agent, all of it.")
        .sample("tare_agent_cpu_seconds_total", Clocks.processMillis() / 1e3);
    out.gauges("tare_agent_budget_ratio", "The share of one processor that it may use.")
        .sample("tare_agent_budget_ratio", shown.share());
    ownBytes().ifPresent(bytes -> out.gauges("tare_agent_resident_bytes", "Resident memory of the agent.")
        .sample("tare_agent_resident_bytes", bytes));
    out.gauges("tare_agent_sample_interval_seconds", "From one reading of a process to the next, as the budget allows.")
        .sample("tare_agent_sample_interval_seconds", shown.intervalMillis() / 1e3);
    out.gauges("tare_agent_ledger_interval_seconds", "From one ledger of a process to the next, as asked for.")
        .sample("tare_agent_ledger_interval_seconds", shown.everySeconds());
    out.gauges("tare_agent_ledger_longest_wait_seconds",
        "How long the process has waited that waited longest for its next ledger.")
        .sample("tare_agent_ledger_longest_wait_seconds", shown.longestWait() * shown.everySeconds());
  }

  private void processes(MetricsWriter out, Now shown) {
    out.gauges("tare_agent_processes", "Processes that are recorded.").sample("tare_agent_processes",
        shown.processes());
    out.gauges("tare_agent_processes_waiting", "Processes that wait to be recorded, until the budget allows it.")
        .sample("tare_agent_processes_waiting", numbers.waiting.get());
    out.gauges("tare_agent_processes_left_out", "Processes that are not recorded, for there are too many.")
        .sample("tare_agent_processes_left_out", numbers.leftOut.get());
    counter(out, "tare_agent_samples", "Cheap readings.", numbers.samples.get());
    counter(out, "tare_agent_ledgers", "Full ledgers.", numbers.ledgers.get());
    counter(out, "tare_agent_process_starts", "Processes that began to be recorded.", numbers.starts.get());
    counter(out, "tare_agent_process_ends", "Recorded processes that have ended.", numbers.ends.get());
    counter(out, "tare_agent_process_oom_kills", "Those of them that the kernel killed for want of memory.",
        numbers.oomKills.get());
    counter(out, "tare_agent_clock_steps", "How often somebody has set the clock.", numbers.clockSteps.get());
  }

  private void delivery(MetricsWriter out) {
    out.gauges("tare_agent_spool_bytes", "What is written and not delivered.").sample("tare_agent_spool_bytes",
        spool.bytes());
    out.gauges("tare_agent_spool_most_bytes", "What may wait; beyond that the oldest is dropped.")
        .sample("tare_agent_spool_most_bytes", spool.mostBytes());
    out.gauges("tare_agent_spool_segments", "Whole segments that wait.").sample("tare_agent_spool_segments",
        spool.segments());
    counter(out, "tare_agent_segments_delivered", "Segments that are where they were to go.", numbers.delivered.get());
    counter(out, "tare_agent_delivered_bytes", "Their bytes.", numbers.deliveredBytes.get());
    counter(out, "tare_agent_delivery_failures", "Deliveries that failed, and are tried again.",
        numbers.deliveryFailures.get());
    out.gauges("tare_agent_delivery_failing", "1 while the place can't be reached, or refuses.")
        .sample("tare_agent_delivery_failing", numbers.deliveryFailing.get());
    long last = numbers.lastDeliveryMillis.get();
    if (last > 0) {
      out.gauges("tare_agent_last_delivery_timestamp_seconds", "When something was delivered last.")
          .sample("tare_agent_last_delivery_timestamp_seconds", last / 1e3);
    }
    counter(out, "tare_agent_segments_dropped", "Segments that were dropped, for the spool was full.",
        numbers.dropped.get());
    counter(out, "tare_agent_dropped_bytes", "Their bytes.", numbers.droppedBytes.get());
    counter(out, "tare_agent_lost_records", "Records that could not be written to the spool.",
        numbers.lostRecords.get());
  }

  private static void services(MetricsWriter out, List<ServiceSum> services) {
    out.gauges("tare_service_processes", "Recorded processes of a service on this node.");
    services.forEach(sum -> out.sample("tare_service_processes", sum.processes(), labels(sum)));
    out.gauges("tare_service_resident_bytes", "Their resident memory.");
    services.forEach(sum -> out.sample("tare_service_resident_bytes", sum.rssBytes(), labels(sum)));
    out.gauges("tare_service_weighed_processes", "Those of them that have a ledger.");
    services.forEach(sum -> out.sample("tare_service_weighed_processes", sum.weighed(), labels(sum)));
    out.gauges("tare_service_net_bytes", "What the weighed ones put there themselves and still use, at most.");
    services.stream().filter(sum -> sum.weighed() > 0)
        .forEach(sum -> out.sample("tare_service_net_bytes", sum.netBytes(), labels(sum)));
    out.gauges("tare_service_unexplained_bytes", "Resident bytes of the weighed ones without an owner.");
    services.stream().filter(sum -> sum.weighed() > 0)
        .forEach(sum -> out.sample("tare_service_unexplained_bytes", sum.unexplainedBytes(), labels(sum)));
  }

  private static String[] labels(ServiceSum sum) {
    return sum.namespace().isEmpty()
        ? new String[] {"service", sum.service()}
        : new String[] {"namespace", sum.namespace(), "service", sum.service()};
  }

  private static void counter(MetricsWriter out, String name, String help, long value) {
    out.family(name, "counter", help).sample(name + "_total", value);
  }

  private static OptionalLong ownBytes() {
    try {
      return OptionalLong
          .of(Long.parseLong(Files.readString(Path.of("/proc/self/statm"), StandardCharsets.US_ASCII).split(" ", 3)[1])
              * PAGE_BYTES);
    } catch (IOException | NumberFormatException hidden) {
      return OptionalLong.empty();
    }
  }
}
