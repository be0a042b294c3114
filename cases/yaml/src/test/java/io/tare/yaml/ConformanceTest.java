package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.Decoding;
import io.tare.yaml.basis.YamlOptions.Dedup;
import io.tare.yaml.basis.YamlOptions.Duplicates;
import io.tare.yaml.event.EventText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** All 402 cases of the YAML test suite: 308 valid texts with their events, 94 that have to be refused, 279 with the same in JSON. */
class ConformanceTest {
  /** The suite has mappings with the same key twice. */
  private static final YamlOptions LENIENT = YamlOptions.DEFAULT.with(Duplicates.LAST_WINS);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyValidTextGivesTheEventsOfTheSuite() throws IOException {
    List<String> wrong = new ArrayList<>();
    int right = 0;
    for (Suite.Case c : Suite.cases()) {
      if (!c.refused()) {
        String events = events(c.yaml());
        if (events.equals(c.events())) {
          right++;
        } else {
          wrong.add(c.id() + ": " + events);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(right).isEqualTo(308);
  }

  @Test
  void everyInvalidTextIsRefusedByTheEventsAndByTheLoader() throws IOException {
    int refused = 0;
    for (Suite.Case c : Suite.cases()) {
      if (c.refused()) {
        assertThat(refusal(() -> events(c.yaml()))).as(c.id()).isNotNull();
        YamlException refusal = refusal(() -> Yaml.load(c.yaml(), LENIENT).close());
        assertThat(refusal).as(c.id()).isNotNull();
        assertThat(refusal.line()).as(c.id()).isPositive();
        refused++;
      }
    }
    assertThat(refused).isEqualTo(94);
  }

  @Test
  void everyTextThatHasJsonGivesThatJson() throws IOException {
    assertThat(sameJson(LENIENT)).isEqualTo(279);
  }

  @Test
  void otherStrategiesGiveTheSame() throws IOException {
    assertThat(sameJson(LENIENT.with(Decoding.EAGER).with(Dedup.ON))).isEqualTo(279);
    assertThat(sameJson(LENIENT.with(YamlOptions.ArenaGrowth.DOUBLING).with(Dedup.AUTO))).isEqualTo(279);
    assertThat(sameJson(LENIENT.with(YamlOptions.ArenaGrowth.EXACT))).isEqualTo(279);
    assertThat(sameJson(LENIENT.with(YamlOptions.ArenaGrowth.HEAP).withThreads(4))).isEqualTo(279);
    assertThat(sameJson(LENIENT.withThreads(4))).isEqualTo(279);
  }

  @Test
  void everyValidTextLoads() throws IOException {
    for (Suite.Case c : Suite.cases()) {
      if (!c.refused()) {
        try (YamlDocument d = Yaml.load(c.yaml(), LENIENT)) {
          assertThat((long) d.documents()).as(c.id())
              .isEqualTo(c.events().lines().filter(l -> l.startsWith("+DOC")).count());
        }
      }
    }
  }

  private static int sameJson(YamlOptions options) throws IOException {
    List<String> wrong = new ArrayList<>();
    int right = 0;
    for (Suite.Case c : Suite.cases()) {
      String expected = c.json();
      if (expected == null) {
        continue;
      }
      String json = json(c.yaml(), options);
      if (same(values(json), values(expected))) {
        right++;
      } else {
        wrong.add(c.id() + ": " + json);
      }
    }
    assertThat(wrong).isEmpty();
    return right;
  }

  /** Where numbers are the same if their values are: the suite writes 450 for 450.00. */
  private static boolean same(List<JsonNode> some, List<JsonNode> others) {
    boolean same = some.size() == others.size();
    for (int i = 0; same && i < some.size(); i++) {
      same = some.get(i).equals(
          (a, b) -> a.equals(b) || a.isNumber() && b.isNumber() && a.doubleValue() == b.doubleValue() ? 0 : 1,
          others.get(i));
    }
    return same;
  }

  private static List<JsonNode> values(String json) throws IOException {
    try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(json)) {
      return values.readAll();
    }
  }

  private static String json(String yaml, YamlOptions options) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (YamlDocument d = Yaml.load(yaml, options)) {
      for (int i = 0; i < d.documents(); i++) {
        d.toJson(d.rootWord(i), out);
        out.write('\n');
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String events(String yaml) {
    List<String> lines = new ArrayList<>(List.of("+STR"));
    Yaml.events(yaml, YamlOptions.DEFAULT, event -> lines.add(EventText.of(event)));
    lines.add("-STR");
    return String.join("\n", lines);
  }

  private static @Nullable YamlException refusal(Runnable attempt) {
    try {
      attempt.run();
      return null;
    } catch (YamlException e) {
      return e;
    }
  }
}
