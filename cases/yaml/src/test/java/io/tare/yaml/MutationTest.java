package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.Dedup;
import io.tare.yaml.basis.YamlOptions.Duplicates;
import io.tare.yaml.basis.YamlOptions.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged texts of the suite, {@code -Dinputs=N} of them: read or refused, by the loader as by the events, and nothing else happens. */
class MutationTest {
  private static final YamlOptions OPTIONS = YamlOptions.DEFAULT.with(Duplicates.LAST_WINS)
      .with(new Limits(64, 100, 10_000, 1 << 20));
  private static final String TOKENS = " \n\t:-?[]{},#&*!|>'\"%@`~.0a\\<=\u00e9\ufeff";

  @Test
  @Tag("slow")
  void damagedTextsAreReadOrRefusedByLoaderAndEventsAlike() throws IOException {
    int inputs = Integer.getInteger("inputs", 40_000);
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    Suite.cases().forEach(c -> texts.add(c.yaml()));
    int read = 0;
    for (int i = 0; i < inputs; i++) {
      String text = damaged(texts.get(random.nextInt(texts.size())), texts.get(random.nextInt(texts.size())), random);
      boolean loads = loads(text, random.nextBoolean() ? OPTIONS : OPTIONS.with(Dedup.ON));
      assertThat(loads).as("input %d of seed %d: %s", i, seed, text).isEqualTo(hasEvents(text));
      read += loads ? 1 : 0;
    }
    assertThat(read).isBetween(inputs / 10, inputs);
  }

  private static String damaged(String text, String other, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      int at = random.nextInt(damaged.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> damaged.insert(at, TOKENS.charAt(random.nextInt(TOKENS.length())));
        case 1 -> damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(3)));
        case 2 -> damaged.insert(at, other, 0, random.nextInt(other.length() + 1));
        default -> damaged.setLength(Math.max(at, 1));
      }
    }
    return damaged.toString();
  }

  private static boolean loads(String text, YamlOptions options) throws IOException {
    try (YamlDocument d = Yaml.load(text, options)) {
      for (int i = 0; i < d.documents(); i++) {
        writeOut(d, i);
      }
      return true;
    } catch (YamlException e) {
      return false;
    }
  }

  private static void writeOut(YamlDocument d, int document) throws IOException {
    try {
      d.toJava(d.rootWord(document));
      d.toJson(d.rootWord(document), OutputStream.nullOutputStream());
    } catch (YamlException e) {
      assertThat(e.line()).as("no problem of the text: %s", e.getMessage()).isZero();
    }
  }

  private static boolean hasEvents(String text) {
    try {
      Yaml.events(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8), OPTIONS, event -> {});
      return true;
    } catch (YamlException e) {
      return false;
    }
  }
}
