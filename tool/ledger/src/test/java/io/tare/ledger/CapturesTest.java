package io.tare.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.file.CaptureReader;
import io.tare.model.report.Report;
import io.tare.report.Renderers;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Captures of real processes, told as their readers see them. A bug report is a capture file: put it beside the others, and let {@code
 * -Dgolden.update} write what is said of it.
 */
class CapturesTest {
  private static final Path FOLDER = Path.of("src/test/resources/captures");
  private static final TextOptions TEXT = TextOptions.plain(100);

  static Stream<String> captures() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".tare"))
          .map(name -> name.substring(0, name.length() - ".tare".length())).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("captures")
  void isToldAsBefore(String name) throws Exception {
    Report report = Explanation.explain(CaptureReader.open(FOLDER.resolve(name + ".tare")));
    check(name + ".json", Renderers.render(report, Format.JSON, TEXT));
    check(name + ".txt", Renderers.render(report, Format.TEXT, TEXT));
  }

  @ParameterizedTest
  @MethodSource("captures")
  void balancesToTheByte(String name) throws Exception {
    Report report = Explanation.explain(CaptureReader.open(FOLDER.resolve(name + ".tare")));
    report.ledger().ifPresent(ledger -> assertThat(
        ledger.entries().stream().mapToLong(entry -> entry.residentBytes()).sum() + ledger.unexplainedBytes())
        .isEqualTo(ledger.residentBytes()).isEqualTo(report.scales().rssBytes()));
    assertThat(report.ledger().isEmpty())
        .isEqualTo(name.contains("another-user") || name.contains("without-capabilities"));
  }

  @Test
  void theCorpusIsThere() throws IOException {
    assertThat(captures().count()).isGreaterThanOrEqualTo(50);
  }

  private static void check(String file, String actual) throws IOException {
    Path path = FOLDER.resolve(file);
    if (System.getProperty("golden.update") != null) {
      Files.writeString(path, actual);
    }
    assertThat(actual).as(file).isEqualTo(Files.readString(path));
  }
}
