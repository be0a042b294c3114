package io.tare.fleet.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What keeps a question the same on DuckDB and on Spark. */
class DialectTest {
  static final List<Question> QUESTIONS = Question.ALL;

  private static void hasNone(Question question, String pattern, String why) {
    assertThat(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(question.sql()).results()
        .map(found -> found.group()).toList()).as("%s: %s", question.name(), why).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("QUESTIONS")
  void numbersWithAPointAreDoubles(Question question) {
    hasNone(question, "\\b\\d+\\.\\d+(?![\\de])", "0.5 is a decimal on one engine and a double on the other: 0.5e0");
    hasNone(question, "\\b\\d+e\\d+\\.", "no point behind an exponent");
  }

  @ParameterizedTest
  @FieldSource("QUESTIONS")
  void nothingIsOfOneEngineAlone(Question question) {
    hasNone(question, "\"|`", "quotes around names mean different things");
    hasNone(question,
        "::|//|\\bqualify\\b|\\bfilter\\s*\\(|\\bexclude\\b|\\bilike\\b|\\blist\\(|\\[|group by all|order by all",
        "one engine does not know it");
    hasNone(question, "\\barg_max\\b|\\barg_min\\b|\\bquantile|\\bstring_agg|\\bepoch", "one engine does not know it");
    hasNone(question, "\\binterval\\b|\\bdate_trunc\\b|\\bnow\\(|current_", "times are numbers, and now is a value");
    hasNone(question, "\\bround\\(", "halves are rounded differently");
    hasNone(question, "\\boffset\\b", "");
  }

  /** Halves of a NULL: one engine puts them first, the other last. */
  @ParameterizedTest
  @FieldSource("QUESTIONS")
  void theRowsOfAnAnswerHaveAnOrderThatEndsInWhatTellsThemApart(Question question) {
    String sql = question.sql();
    String order = sql.substring(sql.toLowerCase(java.util.Locale.ROOT).lastIndexOf("order by")).replace('\n', ' ');
    assertThat(order).doesNotContain("OVER");
    List<String> keys = Stream
        .of(order.replaceFirst("(?i)order by ", "").replaceFirst("(?i) limit .*", "").split(",(?![^(]*\\))"))
        .map(String::strip).toList();
    assertThat(keys).hasSizeGreaterThan(1);
    // What may be unknown, by the schema and by left joins.
    assertThat(keys).allSatisfy(key -> assertThat(key).doesNotMatch(
        "(?i)(.*\\.)?(ns|pod|node|cluster|container|name|java|collector|gross_b|tare_b|returns_b|gross_z)( desc)?")
        .satisfies(one -> assertThat(one).isNotBlank())).as(question.name());
  }

  @ParameterizedTest
  @FieldSource("QUESTIONS")
  void sumsOfBytesAreDoubles(Question question) {
    hasNone(question,
        "\\bsum\\((?!CAST|CASE|w\\)|processes|bytes|leaks|trims|unlimited|gross\\)|heap_idle\\)|malloc_idle\\)|span_s|\\w+_(?:bs|sum|n)\\))[^)]*\\)",
        "a sum of BIGINT overflows on one engine, and is a HUGEINT on the other");
  }

  @ParameterizedTest
  @FieldSource("QUESTIONS")
  void everyQuestionIsBoundInTime(Question question) {
    int tables = (int) Pattern.compile("\\b(FROM|JOIN) (ledger|process|event|verdict|remedy|node_capacity)\\b")
        .matcher(question.sql()).results().count();
    int bounds = (int) Pattern.compile("\\$\\{(within|days|last_day|seen_last_day)}").matcher(question.sql()).results()
        .count();
    assertThat(tables).isPositive().isEqualTo(bounds);
  }

  @ParameterizedTest
  @FieldSource("QUESTIONS")
  void itsTitleIsASentenceAndItsChartTwoOfItsColumns(Question question) {
    assertThat(question.title()).endsWith(".").matches("[A-Z].*");
    assertThat(question.chart().isEmpty() || question.chart().size() == 2).isTrue();
  }
}
