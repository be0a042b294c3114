package io.tare.report.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tare.model.report.Report;
import io.tare.report.Renderers;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class LedgerJsonTest {
  private final ObjectMapper parser = new ObjectMapper();

  @Test
  void accountsAndUnexplainedSumUpToRss() throws Exception {
    for (Report report : SampleReports.all()) {
      JsonNode json = json(report, TextOptions.plain(80));
      if (report.ledger().isPresent()) {
        long accounts = StreamSupport.stream(json.get("accounts").spliterator(), false)
            .mapToLong(account -> account.get("residentBytes").asLong()).sum();
        assertThat(accounts + json.get("unexplainedBytes").asLong())
            .isEqualTo(json.at("/scales/rssBytes").asLong());
      }
    }
  }

  @Test
  void theFieldsAreThoseOfTheSchema() throws Exception {
    JsonNode json = json(SampleReports.jvm(), TextOptions.plain(80));
    assertThat(json.get("schema").asText()).isEqualTo("tare.ledger/1");
    assertThat(json.get("takenAt").asText()).isEqualTo("2026-11-03T14:05:09.123Z");
    assertThat(json.get("target").fieldNames()).toIterable().contains("pid", "runtime", "version", "collector");
    assertThat(json.get("scales").fieldNames()).toIterable().contains("rssBytes", "pssBytes", "swapBytes",
        "cgroupUsageBytes", "workingSetBytes", "limitBytes");
    assertThat(json.fieldNames()).toIterable().contains("netBytes", "tareBytes", "unexplainedBytes");
    assertThat(json.at("/accounts/0").fieldNames()).toIterable().contains("id", "kind", "residentBytes", "confidence",
        "evidence");
    assertThat(json.get("observer").fieldNames()).toIterable().containsExactly("rssDeltaBytes", "millis", "asked");
    assertThat(json.at("/verdicts/0").fieldNames()).toIterable().contains("rule", "answer", "confidence", "summary");
    assertThat(json.at("/verdicts/4/answer").asText()).isEqualTo("cannot-tell");
    assertThat(json.at("/verdicts/4/missing").asText()).contains("--ask=gc");
    assertThat(json.at("/remedies/0").fieldNames()).toIterable().contains("action", "expectedBytes", "price");
  }

  @Test
  void netAndTareAreTheWholeOfGross() throws Exception {
    JsonNode json = json(SampleReports.jvm(), TextOptions.plain(80));
    assertThat(json.get("netBytes").asLong() + json.get("tareBytes").asLong())
        .isEqualTo(json.at("/scales/rssBytes").asLong());
  }

  @Test
  void withoutALedgerThereAreNoAccountsRatherThanNone() throws Exception {
    JsonNode json = json(SampleReports.denied(), TextOptions.plain(80));
    assertThat(json.has("accounts")).isFalse();
    assertThat(json.has("unexplainedBytes")).isFalse();
    assertThat(json.has("netBytes")).isFalse();
    assertThat(json.at("/problems/0/message").asText()).isEqualTo("permission denied");
  }

  @Test
  void longListsGoAlongOnlyWhenAsked() throws Exception {
    assertThat(json(SampleReports.large(), TextOptions.plain(80)).has("mappings")).isFalse();
    JsonNode all = json(SampleReports.large(), TextOptions.plain(80).withAll().withThreads());
    assertThat(all.get("mappings")).hasSize(3000);
    assertThat(all.get("threads")).hasSize(400);
  }

  @Test
  void hostileNamesComeBackExactly() throws Exception {
    Report report = SampleReports.hostile();
    JsonNode json = json(report, TextOptions.plain(80));
    assertThat(json.at("/target/name").asText()).isEqualTo(report.target().name());
    assertThat(Renderers.render(report, Format.JSON, TextOptions.plain(80))).doesNotContain("\u001b", "\u202e",
        "\u0085");
  }

  private JsonNode json(Report report, TextOptions options) throws Exception {
    return parser.readTree(Renderers.render(report, Format.JSON, options));
  }
}
