package io.tare.report.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTest {
  private final ObjectMapper parser = new ObjectMapper();

  @Test
  void anyTextComesBackAsItWas() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      String text = random.ints(20, 0, 0x11000).filter(c -> c < 0xd800 || c > 0xdfff)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
      String json = new JsonWriter().beginObject().field("text", text).endObject().finish();
      assertThat(parser.readTree(json).get("text").asText()).as("seed %d", seed).isEqualTo(text);
    }
  }

  @Test
  void nothingIsWrittenForWhatIsUnknown() {
    String json = new JsonWriter().beginObject().field("a", OptionalLong.empty()).fieldIfSaid("b", " ").endObject()
        .finish();
    assertThat(json).isEqualTo("{}\n");
  }

  @Test
  void anUnfinishedTextIsRefused() {
    assertThatThrownBy(() -> new JsonWriter().beginObject().finish()).isInstanceOf(IllegalStateException.class);
  }
}
