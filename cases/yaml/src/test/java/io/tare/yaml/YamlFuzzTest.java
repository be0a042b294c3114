package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.Dedup;
import io.tare.yaml.basis.YamlOptions.Duplicates;
import io.tare.yaml.basis.YamlOptions.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Any bytes give documents or a refusal; and what gives documents gives events. */
class YamlFuzzTest {
  private static final YamlOptions OPTIONS = YamlOptions.DEFAULT.with(Duplicates.LAST_WINS).with(Dedup.ON)
      .with(new Limits(64, 100, 10_000, 1 << 20));

  @FuzzTest(maxDuration = "20s")
  void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
    boolean loaded = false;
    try (YamlDocument d = Yaml.load(bytes, OPTIONS)) {
      loaded = true;
      for (int i = 0; i < d.documents(); i++) {
        d.toJson(d.rootWord(i), OutputStream.nullOutputStream());
      }
    } catch (YamlException e) {
      assertThat(e.getMessage()).isNotNull();
    }
    if (loaded) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
        Yaml.events(text, OPTIONS, event -> {});
      }
    }
  }
}
