package io.tare.cases.faults.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void whatIsWrittenIsReadAgain() {
    Map<String, Object> value = Map.of("text", "a \"quoted\" \\ line\nbreak", "number", -12L, "yes", true, "list",
        List.of(1L, "two", List.of()), "map", Map.of("k", Map.of()));
    assertThat(JsonReader.object(Json.of(value))).isEqualTo(value);
  }

  @Test
  void fractionsAndEscapesOfOthersAreRead() {
    assertThat(JsonReader.object(" { \"a\" : 1.5e3 , \"b\" : [ null, \"\\u00e9\\t\" ] } "))
        .isEqualTo(Map.of("a", 1500.0, "b", List.of("null", "é\t")));
  }

  @Test
  void brokenTextSaysWhere() {
    assertThatThrownBy(() -> JsonReader.object("{\"a\":")).hasMessage("expected more text at offset 5");
    assertThatThrownBy(() -> JsonReader.object("{\"a\":x}")).hasMessage("expected a value at offset 6");
    assertThatThrownBy(() -> JsonReader.object("{} {}")).hasMessage("expected one JSON object at offset 3");
    assertThatThrownBy(() -> JsonReader.object("[1]")).hasMessage("expected one JSON object at offset 3");
  }
}
