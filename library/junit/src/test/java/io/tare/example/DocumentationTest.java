package io.tare.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.metric.Meaning;
import io.tare.probe.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code in docs/library.md is the code of these examples, and its table of metrics is what the code says. */
class DocumentationTest {
  private static final Pattern QUOTE = Pattern.compile("(<!-- from (\\w+) (\\w+) -->\n```java\n)(.*?)(```\n)",
      Pattern.DOTALL);
  private static final Pattern TABLE = Pattern.compile("(<!-- metrics -->\n)(.*?)(<!-- end of metrics -->\n)",
      Pattern.DOTALL);

  @Test
  void everyCodeBlockIsARegionOfAnExampleThatRuns() throws IOException {
    Path document = root().resolve("docs/library.md");
    String text = Files.readString(document);
    String expected = withTable(QUOTE.matcher(text).replaceAll(quote -> Matcher
        .quoteReplacement(quote.group(1) + region(quote.group(2), quote.group(3)) + quote.group(5))));
    if (System.getProperty("golden.update") != null) {
      Files.writeString(document, expected);
    }
    assertThat(Files.readString(document)).isEqualTo(expected);
    assertThat(text.split("```java\n", -1)).as("blocks without a source")
        .hasSize((int) QUOTE.matcher(text).results().count() + 1);
  }

  private static String withTable(String text) {
    String rows = Arrays.stream(Metric.values()).map(DocumentationTest::row).collect(Collectors.joining());
    String table = "| key | what it is | up | down | after a GC |\n|---|---|---|---|---|\n" + rows;
    return TABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1) + table + found.group(3)));
  }

  private static String row(Metric metric) {
    Meaning meaning = metric.meaning();
    return String.join(" | ",
        List.of("| " + metric.key(), meaning.what(), meaning.up(), meaning.down(), meaning.afterGc().words() + " |\n"));
  }

  private static String region(String example, String name) {
    try {
      Path source = root().resolve("library/junit/src/test/java/io/tare/example/" + example + ".java");
      String text = Files.readString(source);
      Matcher region = Pattern.compile("\n( *)// \\[" + name + "\\]\n(.*?)\n *// \\[end\\]\n", Pattern.DOTALL)
          .matcher(text);
      assertThat(region.find()).as("region %s of %s", name, example).isTrue();
      return region.group(2).lines()
          .map(line -> line.startsWith(region.group(1)) ? line.substring(region.group(1).length()) : line)
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("docs/library.md"))) {
      folder = folder.getParent();
    }
    assertThat(folder).as("docs/library.md above the working directory").isNotNull();
    return folder;
  }
}
