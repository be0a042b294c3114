package io.tare.heap.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a text has to begin with never leaves out one that the whole expression fits. */
class TextConditionTest {
  @Test
  void onlyLettersThatHaveToBeThereAreTheBeginning() {
    assertThat(TextCondition.beginning("customer 99.*")).isEqualTo("customer 99");
    assertThat(TextCondition.beginning("ab+")).as("one at least").isEqualTo("ab");
    assertThat(TextCondition.beginning("ab*")).isEqualTo("a");
    assertThat(TextCondition.beginning("ab?c")).isEqualTo("a");
    assertThat(TextCondition.beginning("ab{0}c")).isEqualTo("a");
    assertThat(TextCondition.beginning("a*")).isEmpty();
    assertThat(TextCondition.beginning("ab|cd")).isEmpty();
    assertThat(TextCondition.beginning("(?i)ab")).isEmpty();
    assertThat(TextCondition.beginning("\\Qab\\E")).isEmpty();
    assertThat(TextCondition.beginning("größer.*")).as("letters of other alphabets may be written in two ways")
        .isEqualTo("gr");
    assertThat(TextCondition.beginning("[ab]c")).isEmpty();
    assertThat(TextCondition.beginning("^ab")).isEmpty();
    assertThat(TextCondition.beginning("")).isEmpty();
  }

  @Test
  void everyTextThatFitsBeginsSo() {
    List<String> texts = List.of("", "a", "b", "ab", "abb", "abc", "ac", "AB", "cd", "a.b", "a b", "ab\n", "größer",
        "gr");
    List<String> expressions = List.of("ab*", "ab?c?", "ab+", "a.*", "ab{0,2}", "a\\.b", "(?i)ab", "a|cd", "(a|c)d?",
        ".*",
        "a(b)?", "a b", "a[ b]?b", "gr.*", "größer", "ab$", "a\\x62");
    int fitting = 0;
    for (String expression : expressions) {
      Pattern pattern = Pattern.compile(expression, Pattern.DOTALL);
      for (String text : texts) {
        if (pattern.matcher(text).matches()) {
          fitting++;
          assertThat(text).as(expression).startsWith(TextCondition.beginning(expression));
        }
      }
    }
    assertThat(fitting).isGreaterThan(30);
  }

  /** The conditions of a query, each asked of the same texts; and those that are judged one by one. */
  @Test
  void everyKindOfConditionFitsWhatItSays() throws QueryError {
    assertThat(fitting("s = 'text 2'")).containsExactly("text 2");
    assertThat(fitting("'text 2' = s")).containsExactly("text 2");
    assertThat(fitting("s != 'text 2'")).containsExactly("", "text", "text 20", "a text 2");
    assertThat(fitting("s LIKE 'text 2.*'")).containsExactly("text 2", "text 20");
    assertThat(fitting("toString(s) IN ('text 2', 'text', 'no')")).containsExactly("text", "text 2");
    assertThat(fitting("s.startsWith('text 2')")).containsExactly("text 2", "text 20");
    assertThat(fitting("s.endsWith('2')")).containsExactly("text 2", "a text 2");
    assertThat(fitting("s.contains('ext 2')")).containsExactly("text 2", "text 20", "a text 2");
    assertThat(fitting("s.equals('text 20')")).containsExactly("text 20");
    assertThat(conditions("s IN ('text 2', 3)")).as("an option that is no text").isEmpty();
    assertThat(conditions("s < 'text 2'")).as("an order").isEmpty();
    assertThat(conditions("s = 'text 2' AND (s.endsWith('2') OR s.x = 3)")).hasSize(2);
  }

  private static List<TextCondition> conditions(String where) throws QueryError {
    return TextCondition.in(Query.parse("SELECT * FROM java.lang.String s WHERE " + where).selects().getFirst().where()
        .orElseThrow());
  }

  private static List<String> fitting(String where) throws QueryError {
    TextCondition condition = conditions(where).getFirst();
    return Stream.of("", "text", "text 2", "text 20", "a text 2").filter(condition.fits())
        .peek(text -> assertThat(text).as("begins as it has to").startsWith(condition.beginning())).toList();
  }
}
