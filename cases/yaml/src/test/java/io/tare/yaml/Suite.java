package io.tare.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The cases of the YAML test suite: see {@code yaml-test-suite/NOTICE} among the test resources. */
final class Suite {
  record Case(String id, boolean refused, String yaml, String events, @Nullable String json) {
    @Override
    public String toString() {
      return id;
    }
  }

  private Suite() {}

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = Objects.requireNonNull(Suite.class.getResourceAsStream("/yaml-test-suite/cases.json"))) {
      for (JsonNode c : new ObjectMapper().readTree(in)) {
        cases.add(
            new Case(c.get("id").asText(), c.get("fail").asBoolean(), c.get("yaml").asText(), c.get("tree").asText(),
                c.hasNonNull("json") ? c.get("json").asText() : null));
      }
    }
    return cases;
  }
}
