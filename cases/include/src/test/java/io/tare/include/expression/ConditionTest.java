package io.tare.include.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static final Map<String, String> FIELDS = Map.of("host", "shop.example", "cookie", "group=staff; age=9",
      "accept-language", "de-DE, en;q=0.8");
  private static final Variables VARIABLES = new Variables("/a", "q=caf%E9&n=10&evil=%3Cb%3E",
      name -> Optional.ofNullable(FIELDS.get(name)));

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '"', value = {"$(HTTP_COOKIE{group})=='staff' ; true",
      "$(HTTP_COOKIE{group})!='staff' ; false", "$(HTTP_COOKIE{age})<10 ; true",
      "$(QUERY_STRING{n})>$(HTTP_COOKIE{age}) ; true",
      "$(HTTP_COOKIE{none}) ; false", "$(HTTP_COOKIE{none}|'x')=='x' ; true", "!$(HTTP_COOKIE{none}) ; true",
      "$(HTTP_ACCEPT_LANGUAGE{en}) ; true", "$(HTTP_ACCEPT_LANGUAGE{fr}) ; false", "'a'=='a' & 1<2 ; true",
      "'a'=='b' | 1<2 ; true", "'a'=='b' & ('c'=='c' | 1==1) ; false", "!('a'=='b') && true ; true", "'b'>'a' ; true",
      "$(HTTP_HOST)=='shop.example' ; true", "$(REQUEST_PATH)=='/a' ; true"})
  void testsHoldAsWritten(String test, boolean holds) throws NotACondition {
    assertThat(Condition.holds(test, VARIABLES)).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "==", "'a'==", "('a'", "'a' 'b'", "$(HTTP_HOST", "'open", "a==b"})
  void whatCantBeUnderstoodSaysWhere(String test) {
    assertThatThrownBy(() -> Condition.holds(test, VARIABLES)).isInstanceOf(NotACondition.class)
        .hasMessageStartingWith("expected ").hasMessageContaining(" at ");
  }

  @Test
  void parenthesesAreBounded() {
    assertThatThrownBy(() -> Condition.holds("(".repeat(10_000), VARIABLES)).isInstanceOf(NotACondition.class);
    assertThatThrownBy(() -> Condition.holds("!".repeat(10_000), VARIABLES)).isInstanceOf(NotACondition.class);
  }

  @Test
  void whatComesFromTheRequestIsEscapedForItsPlace() {
    assertThat(Template.inHtml("<i>$(QUERY_STRING{evil})</i> $(HTTP_COOKIE{x}|'a<b')", VARIABLES))
        .isEqualTo("<i>&lt;b&gt;</i> a&lt;b");
    assertThat(Template.inAddress("/f?q=$(QUERY_STRING{q})&$(X", VARIABLES)).isEqualTo("/f?q=caf%E9&$(X");
  }
}
