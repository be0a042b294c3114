package io.tare.report.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tare.model.ledger.ByteRange;
import io.tare.model.report.ProcessLine;
import io.tare.report.Golden;
import io.tare.report.look.Clean;
import io.tare.report.look.Columns;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
  private static final long MB = 1 << 20;
  private static final List<ProcessLine> PROCESSES = List.of(
      new ProcessLine(4711, Optional.of("app"), "orders-service", "HotSpot JVM", OptionalLong.of(2991 * MB),
          Optional.of(new ByteRange(12 * MB, 579 * MB)), OptionalLong.of(3072 * MB), "near its limit"),
      new ProcessLine(812, Optional.of("app"), "edge", "Go", OptionalLong.of(249 * MB),
          Optional.of(ByteRange.upTo(3 * MB)), OptionalLong.empty(), ""),
      new ProcessLine(813, Optional.of("app"), "exact", "native", OptionalLong.of(24 * MB),
          Optional.of(ByteRange.exactly(3 * MB)), OptionalLong.empty(), ""),
      new ProcessLine(1_234_567, Optional.empty(), "postgres", "unknown", OptionalLong.of(188 * MB),
          Optional.empty(), OptionalLong.empty(), "mappings refused: other user's process"),
      new ProcessLine(9, Optional.of("データ"), "\u001b[2Jサーバー", "native", OptionalLong.empty(), Optional.empty(),
          OptionalLong.empty(), "\n"));

  @Test
  void processesLookAsTheGoldenFilesSay() throws IOException {
    Golden.check("ps-wide.txt", ProcessTable.render(PROCESSES, TextOptions.plain(120)));
    Golden.check("ps-narrow.txt", ProcessTable.render(PROCESSES, TextOptions.plain(60)));
  }

  @Test
  void asJsonWhatIsUnknownIsAbsent() throws IOException {
    Golden.check("ps.json", ProcessesJson.render(PROCESSES));
  }

  @Test
  void noLineIsWiderThanThePageNorHarmful() {
    for (int width = 40; width < 160; width += 7) {
      int columns = width;
      String table = ProcessTable.render(PROCESSES, TextOptions.plain(width));
      assertThat(table.lines().filter(line -> Columns.of(line) > columns)).isEmpty();
      assertThat(table.codePoints().filter(c -> c != '\n' && Clean.isHidden(c))).isEmpty();
    }
  }

  @Test
  void whatIsUnknownIsADashNotZero() {
    assertThat(ProcessTable.render(PROCESSES, TextOptions.plain(120)).lines().skip(4).findFirst().orElseThrow())
        .containsPattern("188 MB +- +- +-");
  }

  @Test
  void processesHaveTheirSchema() throws Exception {
    ProcessLine known = new ProcessLine(7, Optional.of("app"), "java", "HotSpot JVM", OptionalLong.of(10),
        Optional.of(new ByteRange(3, 4)), OptionalLong.of(20), "");
    ProcessLine denied = new ProcessLine(8, Optional.empty(), "x", "unknown", OptionalLong.empty(),
        Optional.empty(), OptionalLong.empty(), "denied");
    JsonNode json = new ObjectMapper().readTree(ProcessesJson.render(List.of(known, denied)));
    assertThat(json.get("schema").asText()).isEqualTo("tare.ps/1");
    assertThat(json.at("/processes/0/netBytes").asLong()).isEqualTo(4);
    assertThat(json.at("/processes/0/netLeastBytes").asLong()).isEqualTo(3);
    assertThat(json.at("/processes/0/tareBytes").asLong()).isEqualTo(6);
    assertThat(json.at("/processes/0/tareMostBytes").asLong()).isEqualTo(7);
    assertThat(json.at("/processes/1").has("rssBytes")).isFalse();
  }
}
