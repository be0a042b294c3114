package io.tare.fleet.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.fleet.ask.Asking.FleetAnswer;
import io.tare.fleet.store.Database;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.json.JsonText;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerFormsTest {
  private static final Window WINDOW = new Window(1_767_571_140, Duration.ofDays(2), 0.004, 1.15);
  private static final FleetAnswer ANSWER = new FleetAnswer(
      new Question("services", "Services by their tare.", "A hint.", List.of("service", "tare_b"), false, ""), WINDOW,
      new Database.Answer(List.of("service", "processes", "tare_b", "tare_share", "left_h", "seen_t", "month_cost"),
          List.of(List.of(Optional.of("orders"), Optional.of(1200L), Optional.of(3.0 * (1 << 20)), Optional.of(0.4567),
              Optional.of(2.5), Optional.of(1_767_571_140L), Optional.of(1234.5)),
              List.of(Optional.of("=HYPERLINK(\"x\")<b>"), Optional.of(3L), Optional.of(1.0 * (1 << 20)),
                  Optional.empty(),
                  Optional.empty(), Optional.empty(), Optional.of(-2.5)))),
      List.of("a file is left out"));

  @Test
  void asTextBytesSharesTimesAndCostsAreReadAndWhatIsNotKnownIsNoZero() {
    assertThat(AnswerForms.render(ANSWER, Format.TEXT, TextOptions.plain(120))).isEqualTo("""
        Services by their tare.
        2026-01-02T23:59:00Z to 2026-01-04T23:59:00Z

        service             processes     tare  tare share  left (h)              seen  month cost
        orders                  1,200  3.00 MB      45.7 %       2.5  2026-01-04 23:59    1,234.50
        =HYPERLINK("x")<b>          3  1.00 MB           -         -                 -       -2.50

        A hint.
        note: a file is left out
        """);
  }

  @Test
  void theUnitOfAColumnIsInItsCellsAndNotInItsTitle() {
    assertThat(List.of("tare_b", "killed_t", "per_h_b", "left_h", "ledger_age_min", "grew_by_b", "of_limit_share"))
        .extracting(Cell::title)
        .containsExactly("tare", "killed", "per hour", "left (h)", "ledger age (min)", "grew by", "of limit share");
  }

  @Test
  void aNarrowPageSaysWhatItLeavesOut() {
    assertThat(AnswerForms.render(ANSWER, Format.TEXT, TextOptions.plain(50)).replaceAll("\\s+", " "))
        .contains("note: the page is too narrow for left (h), seen, month cost;").doesNotContain("1,234.50");
  }

  @Test
  void asJsonNumbersAreNumbersAndNullIsNotKnown() {
    assertThat(AnswerForms.render(ANSWER, Format.JSON, TextOptions.plain(80)))
        .contains("\"schema\": \"tare.fleet-answer/1\"", "\"from\": \"2026-01-02T23:59:00Z\"",
            "\"to\": \"2026-01-04T23:59:00Z\"",
            "\"service\": \"orders\", \"processes\": 1200, \"tare_b\": 3145728,", "\"tare_share\": 0.4567", "\"tare_share\": null",
            "\"a file is left out\"");
  }

  /** What {@code docs/schema} promises of it; a row has the columns of the question. */
  @Test
  void asJsonItHasTheMembersThatItsSchemaSaysAndNoOthers() throws Exception {
    Map<?, ?> schema = (Map<?, ?>) json(Files.readString(Path.of("../../docs/schema/fleet-answer-1.schema.json")));
    Map<?, ?> written = (Map<?, ?>) json(AnswerForms.render(ANSWER, Format.JSON, TextOptions.plain(80)));
    Map<?, ?> members = (Map<?, ?>) Objects.requireNonNull(schema.get("properties"));
    assertThat(written.keySet()).isEqualTo(members.keySet())
        .isEqualTo(Set.copyOf((List<?>) Objects.requireNonNull(schema.get("required"))));
    members.forEach((name, rule) -> assertThat(type(written.get(name))).as(name.toString())
        .isEqualTo(((Map<?, ?>) rule).containsKey("const") ? "string" : ((Map<?, ?>) rule).get("type")));
    assertThat(((List<?>) Objects.requireNonNull(written.get("rows"))).stream()
        .map(row -> List.copyOf(((Map<?, ?>) row).keySet())))
        .hasSize(2).allMatch(Objects.requireNonNull(written.get("columns"))::equals);
  }

  private static Object json(String text) throws NotThisFormat {
    return JsonText.parse("json", text, ParseLimits.DEFAULT).value();
  }

  private static String type(Object value) {
    return switch (value) {
      case String _ -> "string";
      case List<?> _ -> "array";
      case Number _ -> "number";
      default -> value.getClass().toString();
    };
  }

  @Test
  void asCsvValuesArePlainAndNoSpreadsheetRunsThem() {
    assertThat(AnswerForms.render(ANSWER, Format.CSV, TextOptions.plain(80))).isEqualTo("""
        service,processes,tare_b,tare_share,left_h,seen_t,month_cost
        orders,1200,3145728,0.4567,2.5,1767571140,1234.5
        "'=HYPERLINK(""x"")<b>",3,1048576,,,,-2.5
        """);
  }

  @Test
  void asAPageTheBiggestBarIsTheWholeWidthAndNamesStayText() {
    String page = AnswerForms.render(ANSWER, Format.HTML, TextOptions.plain(80));
    assertThat(page).startsWith("<!doctype html>").contains("width:100.0%", "width:33.333%", "a file is left out",
        "=HYPERLINK(&quot;x&quot;)&lt;b&gt;").doesNotContain("(\"x\")");
  }

  @Test
  void aWindowIsFilledInAsLiterals() {
    assertThat(WINDOW.fill("${within} | ${last_day} | ${seen_last_day} | ${window_s} ${price} ${now} ${headroom}"))
        .isEqualTo("day >= DATE '2026-01-02' AND day <= DATE '2026-01-04' AND t > 1767398340 AND t <= 1767571140 | "
            + "day >= DATE '2026-01-03' AND day <= DATE '2026-01-04' AND t > 1767484740 AND t <= 1767571140 | "
            + "day >= DATE '2026-01-03' AND day <= DATE '2026-01-04' AND last_t > 1767484740 | "
            + "172800e0 4.000000000e-03 1767571140 1.150000000e+00");
  }

  /** A fleet of an hour is not a week of nothing and an hour. */
  @Test
  void meansAreOverWhatWasSeen() {
    assertThat(WINDOW.atMost(WINDOW.now() - 3540).since()).isEqualTo(Duration.ofHours(1));
    assertThat(WINDOW.atMost(0)).isEqualTo(WINDOW);
  }
}
