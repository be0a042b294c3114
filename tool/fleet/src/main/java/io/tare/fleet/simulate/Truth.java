package io.tare.fleet.simulate;

import io.tare.fleet.simulate.Plan.Life;
import io.tare.fleet.simulate.Plan.Node;
import io.tare.fleet.simulate.Plan.Service;
import io.tare.fleet.store.Database;
import io.tare.report.look.JsonWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is true of a simulated fleet, gathered while it is planned and written beside it. */
final class Truth {
  static final String TRIM = "malloc.trim";
  static final String SMALLER_HEAP = "heap.smaller";

  private static final int DAY = 86_400;
  private static final int HOUR = 3600;

  private final Plan plan;
  private final List<Life> killed = new ArrayList<>();
  private final List<Life> dying = new ArrayList<>();
  private final List<Life> outliers = new ArrayList<>();
  private final List<Life> strays = new ArrayList<>();
  private final List<String> overcommitted = new ArrayList<>();
  private final Map<String, Long> census = new TreeMap<>();
  private final Map<String, Long> returns = new TreeMap<>();
  private final Map<String, Integer> pods = new TreeMap<>();

  Truth(Plan plan) {
    this.plan = plan;
  }

  void add(Node node) {
    if (node.isOvercommitted()) {
      overcommitted.add(node.name());
    }
    node.lives().forEach(this::add);
  }

  private void add(Life life) {
    long end = plan.size().toSecond();
    if (life.service().isEmpty()) {
      strays.add(life);
      return;
    }
    Service service = life.service().get();
    if (life.isKilled()) {
      killed.add(life);
    }
    long lastMinute = end - 60;
    if (life.leaks() && life.endSecond() > lastMinute) {
      dying.add(life);
    }
    if (life.endSecond() <= end - DAY || life.startSecond() >= end) {
      return;
    }
    long seen = Math.min(life.endSecond(), end) - Math.max(life.startSecond() + HOUR, end - DAY);
    if (seen >= 2 * HOUR) {
      pods.merge(service.name() + " " + life.version(), 1, Integer::sum);
      if (life.isOutlier()) {
        outliers.add(life);
      }
    }
    if (service.runtime().equals("HotSpot")) {
      census.merge(service.jdk() + " " + service.collector() + " " + service.bound(), 1L, Long::sum);
    }
    for (String action : List.of(TRIM, SMALLER_HEAP)) {
      life.returns(action).ifPresent(bytes -> returns.merge(action, bytes, Long::sum));
    }
  }

  /**
   * All of it as JSON.
   *
   * @param sizes percentiles of each service's working set, counted one by one; empty where there were too many rows to sort
   */
  String json(Optional<Database.Answer> sizes) {
    Plan.Size size = plan.size();
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.fleet-truth/1")
        .field("nodes", size.nodes()).field("processes", size.processes()).field("days", size.days())
        .field("seed", size.seed()).field("from_t", size.fromSecond()).field("to_t", size.toSecond());
    leaks(json);
    json.beginArray("kills");
    killed.stream().sorted(Comparator.comparingLong(Life::endSecond).thenComparingLong(Life::proc))
        .forEach(life -> life(json, life).field("t", life.endSecond()).endObject());
    json.endArray().beginArray("limits");
    dying.stream().sorted(Comparator.comparingLong(Life::fullSecond).thenComparingLong(Life::proc))
        .forEach(life -> life(json, life)
            .decimal("hours_left", (life.fullSecond() - size.toSecond()) / (double) HOUR).endObject());
    json.endArray().beginArray("outliers");
    outliers.stream()
        .filter(life -> pods.getOrDefault(life.service().orElseThrow().name() + " " + life.version(), 0) >= 5)
        .sorted(Comparator.comparing(Life::pod)).forEach(life -> life(json, life).endObject());
    json.endArray().strings("overcommitted", overcommitted);
    json.beginArray("unowned");
    strays.stream().sorted(Comparator.comparing(Life::node))
        .forEach(life -> json.beginObject().field("node", life.node()).field("name", life.name()).endObject());
    json.endArray().beginObject("census");
    census.forEach((what, count) -> json.field(what, count));
    json.endObject().beginObject("remedies");
    returns.forEach((action, bytes) -> json.field(action, bytes));
    json.endObject();
    sizes.ifPresent(answer -> sizes(json, answer));
    return json.endObject().finish();
  }

  private void leaks(JsonWriter json) {
    json.beginArray("leaks");
    for (Service service : plan.services()) {
      if (service.badFrom() < service.deploys().size()) {
        json.beginObject().field("service", service.name())
            .field("version", service.deploys().get(service.badFrom()).version())
            .field("before", service.deploys().get(service.badFrom() - 1).version()).field("account", service.leak())
            .endObject();
      }
    }
    json.endArray().beginArray("drift");
    for (Service service : plan.services()) {
      for (int i = 1; i < service.deploys().size(); i++) {
        double growth = service.deploys().get(i).growth() - service.deploys().get(i - 1).growth();
        if (growth != 0) {
          json.beginObject().field("service", service.name()).field("version", service.deploys().get(i).version())
              .decimal("live_b", growth * service.liveShare() * service.limitBytes()).endObject();
        }
      }
    }
    json.endArray();
  }

  private static JsonWriter life(JsonWriter json, Life life) {
    return json.beginObject().field("pod", life.pod()).field("service", life.service().orElseThrow().name())
        .field("version", life.version()).field("leak", life.service().orElseThrow().leak());
  }

  private static void sizes(JsonWriter json, Database.Answer answer) {
    json.beginArray("sizes");
    for (List<Optional<Object>> row : answer.rows()) {
      json.beginObject().field("service", String.valueOf(row.getFirst().orElse("")));
      for (int i = 1; i < answer.columns().size(); i++) {
        json.field(answer.columns().get(i), ((Number) row.get(i).orElse(0)).longValue());
      }
      json.endObject();
    }
    json.endArray();
  }
}
