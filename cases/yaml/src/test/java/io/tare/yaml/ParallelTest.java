package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several threads read of a stream what one thread reads, and refuse what it refuses, with the same words. */
class ParallelTest {
  private static final YamlOptions THREE = YamlOptions.DEFAULT.withThreads(3);
  private static final int DOCUMENTS = 30_000;

  @Test
  void documentsOfEveryShapeAreTheSame() throws IOException {
    String stream = stream();
    assertThat(stream.length()).isGreaterThan(4 << 18);
    assertThat(json(stream, THREE)).isEqualTo(json(stream, YamlOptions.DEFAULT));
  }

  /** What stands between documents belongs to one of them, so that a cut there would change what is read. */
  @Test
  void directivesCommentsAndBlankLinesStayWithTheirDocument() throws IOException {
    StringBuilder stream = new StringBuilder();
    for (int i = 0; stream.length() < 2_000_000; i++) {
      stream.append("%TAG !e! tag:example.com,").append(i)
          .append(":\n# of the next one\n\n--- !e!x\n- &a text\n- *a\n--- |\n  --- no marker\n\n...\n");
    }
    List<String> one = json(stream.toString(), YamlOptions.DEFAULT);
    assertThat(json(stream.toString(), THREE)).isEqualTo(one);
    assertThat(one.get(1)).isEqualTo("\"--- no marker\\n\"");
  }

  @Test
  void whatIsWrongIsSaidAsByOneThread() throws IOException {
    String stream = stream();
    int middle = stream.indexOf("\n---", stream.length() / 2) + 1;
    String wrong = stream.substring(0, middle) + "--- [x\n" + stream.substring(middle) + "--- *nobody\n";
    YamlException one = catchThrowableOfType(YamlException.class, () -> Yaml.load(wrong));
    assertThat(one).hasMessageContaining("expected the closing bracket of a collection");
    assertThatThrownBy(() -> Yaml.load(wrong, THREE)).isInstanceOf(YamlException.class).hasMessage(one.getMessage());
  }

  @Test
  void theLimitOfDocumentsIsOneForAllThreads() {
    String stream = "--- a text that is as long as some of them are\n".repeat(DOCUMENTS);
    Limits fewer = new Limits(200, DOCUMENTS - 1, 10_000_000, 1 << 30);
    assertThatThrownBy(() -> Yaml.load(stream, THREE.with(fewer))).isInstanceOf(YamlException.class)
        .hasMessageStartingWith("line 30000, column 1: expected at most 29999 documents");
    try (YamlDocument d = Yaml.load(stream, THREE)) {
      assertThat(d.documents()).isEqualTo(DOCUMENTS);
    }
  }

  private static String stream() throws IOException {
    List<String> some = new ArrayList<>();
    for (long seed = 0; seed < 300; seed++) {
      some.add(EmitterTest.emitted(new Documents(seed).events()));
    }
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < DOCUMENTS; i++) {
      stream.append(some.get(i * 7 % some.size()));
    }
    return stream.toString();
  }

  private static List<String> json(String stream, YamlOptions options) throws IOException {
    List<String> documents = new ArrayList<>();
    try (YamlDocument d = Yaml.load(stream, options)) {
      for (int i = 0; i < d.documents(); i++) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        d.toJson(d.rootWord(i), out);
        documents.add(out.toString(StandardCharsets.UTF_8));
      }
    }
    return documents;
  }
}
