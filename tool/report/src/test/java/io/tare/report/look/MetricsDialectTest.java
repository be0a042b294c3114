package io.tare.report.look;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which dialect a client gets. */
class MetricsDialectTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ''                                                                             | PROMETHEUS_TEXT
      */*                                                                            | PROMETHEUS_TEXT
      text/html,application/xhtml+xml,*/*;q=0.8                                      | PROMETHEUS_TEXT
      text/plain                                                                     | PROMETHEUS_TEXT
      TEXT/Plain; version=0.0.4                                                      | PROMETHEUS_TEXT
      text/*                                                                         | PROMETHEUS_TEXT
      application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3 | OPENMETRICS
      application/openmetrics-text;q=0.3, text/plain;q=0.6                           | PROMETHEUS_TEXT
      text/plain;q=0                                                                 | PROMETHEUS_TEXT
      text/plain;q=often                                                             | PROMETHEUS_TEXT
      ;;,,q=                                                                         | PROMETHEUS_TEXT
      """)
  void theOneThatItLikesBetterAndPlainTextInDoubt(String accept, MetricsDialect dialect) {
    assertThat(MetricsDialect.of(accept)).isEqualTo(dialect);
  }
}
