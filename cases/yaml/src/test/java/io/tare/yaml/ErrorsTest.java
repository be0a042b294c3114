package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is wrong, where, and what was expected. */
class ErrorsTest {
  @Test
  void theLineIsShownWithAMarkBelowTheColumn() {
    assertRefused("a: 1\nb: c: d\n", """
        line 2, column 5: expected no ':' here: a key stands at the beginning of a line, indented by spaces, in one line
          b: c: d
              ^""");
  }

  @Test
  void columnsCountCharactersAndControlCharactersAreNotShown() {
    assertRefused("é∑: [x\n", """
        line 2, column 1: expected the closing bracket of a collection, found the end of the text""");
    assertRefused("\"é\": \"\\q\"\n", """
        line 1, column 7: expected an escape that YAML knows (\\\\, \\", \\n, \\u00e9 …)
          "é": "\\q"
                ^""");
  }

  @Test
  void duplicateKeysAreRefusedWithTheirPlace() {
    assertRefused("a: 1\nb: 2\na: 3\n", """
        line 3, column 1: expected a key that this mapping does not have yet
          a: 3
          ^""");
    assertRefused("{\"a\": 1, 'a': 2}", """
        line 1, column 10: expected a key that this mapping does not have yet
          {"a": 1, 'a': 2}
                   ^""");
  }

  @Test
  void aliasesWithoutAnchorsAreRefusedWithTheirPlace() {
    assertRefused("- &b x\n- *c\n", """
        line 2, column 3: expected an anchor &c before its alias
          - *c
            ^""");
  }

  @Test
  void tabsAreRefusedWhereSpacesIndent() {
    assertRefused("a:\n  b: 1\n\tc: 2\n", """
        line 3, column 2: expected spaces, no tabs, before a key""");
    assertRefused("a:\n\tb: 1\n", """
        line 2, column 2: expected spaces, no tabs, before a key""");
  }

  @Test
  void addressesOfTagsAreRefusedWithTheCharacterThatNoneHas() {
    assertRefused("%TAG !e! tag:a<b,2000:\n--- !e!c d\n", """
        line 1, column 1: expected '%TAG !name! prefix', the prefix an address or the beginning of one""");
    assertRefused("%TAG !e! ,a\n--- !e!c d\n", """
        line 1, column 1: expected '%TAG !name! prefix', the prefix an address or the beginning of one""");
    assertRefused("!<tag:a{b> c\n", """
        line 1, column 8: expected '!<', an address and '>'""");
    assertRefused("!<> c\n", """
        line 1, column 3: expected '!<', an address and '>'""");
    assertRefused("!<tag:a%2> c\n", """
        line 1, column 1: expected two hexadecimal digits behind '%' in a tag""");
  }

  @Test
  void whatIsNoTextIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> Yaml.load(new byte[] {'a', '\n', 'b', (byte) 0xC0, (byte) 0x80}, YamlOptions.DEFAULT))
        .isInstanceOf(YamlException.class)
        .hasMessage("line 2, column 2: found a byte that is not UTF-8 (0xc0), expected text in UTF-8");
    assertThatThrownBy(() -> Yaml.load("x: \u0001".getBytes(StandardCharsets.UTF_8), YamlOptions.DEFAULT))
        .hasMessage("line 1, column 4: found a control character (0x1), expected text in UTF-8");
  }

  private static void assertRefused(String yaml, String message) {
    assertThatThrownBy(() -> Yaml.load(yaml)).isInstanceOf(YamlException.class).message().startsWith(message);
  }
}
