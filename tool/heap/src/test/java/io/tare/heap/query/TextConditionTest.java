package io.tare.heap.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
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
}
