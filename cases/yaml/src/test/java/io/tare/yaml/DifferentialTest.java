package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.ArenaGrowth;
import io.tare.yaml.basis.YamlOptions.Decoding;
import io.tare.yaml.basis.YamlOptions.Dedup;
import io.tare.yaml.basis.YamlOptions.Source;
import io.tare.yaml.command.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The same text, read by another loader and by every strategy of this one, is the same. */
class DifferentialTest {
  private static final LoadSettings SETTINGS = LoadSettings.builder().setSchema(new CoreSchema())
      .setCodePointLimit(Integer.MAX_VALUE)
      .build();

  @Test
  void generatedDocumentsAreWhatSnakeYamlEngineReads() throws IOException {
    for (long seed = 0; seed < 400; seed++) {
      String text = EmitterTest.emitted(new Documents(seed).events());
      assertThat(ours(text, YamlOptions.DEFAULT)).as("seed %d:%n%s", seed, text).isEqualTo(theirs(text));
    }
  }

  /** Both refuse, or both read the same; where only one refuses, the specification's suite decides, not the other loader. */
  @Test
  void damagedDocumentsThatBothReadAreTheSame() throws IOException {
    int both = 0;
    for (long seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(EmitterTest.emitted(new Documents(seed % 300).events()));
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, " \n:-[]{},#'\"a".charAt(random.nextInt(13)));
      }
      // At the root, a block text may begin in column 1 whatever its first character; the other loader takes it for a comment.
      if (text.toString().matches("(?s).*--- [|>][-+2]*\n#.*")) {
        continue;
      }
      Object ours;
      Object theirs;
      try {
        ours = ours(text.toString(), YamlOptions.DEFAULT);
        theirs = theirs(text.toString());
      } catch (YamlException | YamlEngineException e) {
        continue;
      }
      both++;
      assertThat(ours).as("seed %d:%n%s", seed, text).isEqualTo(theirs);
    }
    assertThat(both).isGreaterThan(300);
  }

  @Test
  @Tag("slow")
  void everyStrategyReadsEachKindOfFileAsSnakeYamlEngineDoes(@TempDir Path folder) throws IOException {
    for (String kind : List.of("a", "b", "c", "e", "f")) {
      Path file = generated(folder, kind);
      Object theirs = theirs(Files.readString(file));
      List<YamlOptions> strategies = List.of(YamlOptions.DEFAULT,
          YamlOptions.DEFAULT.with(Source.COPIED).with(ArenaGrowth.DOUBLING),
          YamlOptions.DEFAULT.with(ArenaGrowth.EXACT).with(Dedup.ON),
          YamlOptions.DEFAULT.with(ArenaGrowth.HEAP).with(Dedup.AUTO),
          YamlOptions.DEFAULT.with(Decoding.EAGER), YamlOptions.DEFAULT.withThreads(3));
      for (YamlOptions options : strategies) {
        try (YamlDocument d = Yaml.load(file, options)) {
          assertThat(tree(d)).as("%s %s", kind, options).isEqualTo(theirs);
        }
      }
    }
  }

  static Path generated(Path folder, String kind) throws IOException {
    Path file = folder.resolve(kind + ".yaml");
    try (PrintStream out = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8)) {
      assertThat(Main.run(List.of("generate", kind, file.toString(), "1"), out, out)).isZero();
    }
    return file;
  }

  private static Object ours(String text, YamlOptions options) {
    try (YamlDocument d = Yaml.load(text, options)) {
      return tree(d);
    }
  }

  private static List<@Nullable Object> tree(YamlDocument d) {
    List<@Nullable Object> documents = new ArrayList<>();
    for (int i = 0; i < d.documents(); i++) {
      documents.add(d.toJava(d.rootWord(i)));
    }
    return documents;
  }

  private static Object theirs(String text) {
    List<@Nullable Object> documents = new ArrayList<>();
    new Load(SETTINGS).loadAllFromString(text).forEach(document -> documents.add(withLongs(document)));
    return documents;
  }

  private static @Nullable Object withLongs(@Nullable Object value) {
    return switch (value) {
      case Integer i -> i.longValue();
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(withLongs(element)));
        yield copy;
      }
      case Map<?, ?> map -> {
        Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((k, v) -> copy.put(withLongs(k), withLongs(v)));
        yield copy;
      }
      case null, default -> value;
    };
  }
}
