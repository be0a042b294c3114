package io.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.report.ProcessLine;
import io.tare.report.look.Clean;
import io.tare.report.look.Columns;
import io.tare.report.look.TextOptions;
import io.tare.report.processes.ProcessTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
  private static final long MB = SampleReports.MB;
  private static final List<ProcessLine> PROCESSES = List.of(
      new ProcessLine(4711, Optional.of("app"), "orders-service", "HotSpot JVM", OptionalLong.of(2991 * MB),
          OptionalLong.of(579 * MB), OptionalLong.of(2412 * MB), OptionalLong.of(3072 * MB), "near its limit"),
      new ProcessLine(812, Optional.of("app"), "edge", "Go", OptionalLong.of(249 * MB), OptionalLong.of(3 * MB),
          OptionalLong.of(246 * MB), OptionalLong.empty(), ""),
      new ProcessLine(1_234_567, Optional.empty(), "postgres", "unknown", OptionalLong.of(188 * MB),
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), "mappings refused: other user's process"),
      new ProcessLine(9, Optional.of("データ"), "\u001b[2Jサーバー", "native", OptionalLong.empty(), OptionalLong.empty(),
          OptionalLong.empty(), OptionalLong.empty(), "\n"));

  @Test
  void processesLookAsTheGoldenFilesSay() throws IOException {
    Golden.check("ps-wide.txt", ProcessTable.render(PROCESSES, TextOptions.plain(120)));
    Golden.check("ps-narrow.txt", ProcessTable.render(PROCESSES, TextOptions.plain(60)));
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
    assertThat(ProcessTable.render(PROCESSES, TextOptions.plain(120)).lines().skip(3).findFirst().orElseThrow())
        .containsPattern("188 MB +- +- +-");
  }
}
