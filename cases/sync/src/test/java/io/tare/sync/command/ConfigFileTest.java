package io.tare.sync.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.sync.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir
  Path directory;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void fill() throws Exception {
    Files.createDirectories(directory.resolve("a"));
    for (String name : new String[] {"one.txt", "two.tmp", "three.log"}) {
      Files.writeString(directory.resolve("a").resolve(name), name);
    }
  }

  @Test
  void optionsComeFromTheFileAndWhatIsTypedOverrulesThem() throws Exception {
    config("# a mirror", "from = " + directory.resolve("a"), "to = " + directory.resolve("other"),
        "state = " + directory.resolve("s"), "", "exclude = *.tmp", "log = " + directory.resolve("log.json"));
    assertThat(run("--to", directory.resolve("b").toString(), "--exclude", "*.log")).as(said()).isZero();
    assertThat(directory.resolve("other")).doesNotExist();
    assertThat(directory.resolve("b").toFile().list()).containsExactly("one.txt");
    assertThat(Files.readString(directory.resolve("log.json"))).contains("\"event\":\"copied\",\"path\":\"one.txt\"");
  }

  @Test
  void aLineThatIsNoneIsSaidWithItsNumber() throws Exception {
    config("from = x", "", "colour = blue");
    assertThat(run()).isEqualTo(2);
    assertThat(said()).contains("options, line 3: 'colour' is no option that takes a value");
    config("delete = yes");
    assertThat(run()).isEqualTo(2);
    assertThat(said()).contains("options, line 1: 'delete' is no option that takes a value");
  }

  @Test
  void secretsDoNotBelongThere() throws Exception {
    config("ftp_password = hunter2");
    assertThat(run()).isEqualTo(2);
    assertThat(said()).contains("secrets are taken from the environment only").doesNotContain("hunter2");
  }

  @Test
  void filesOfFiltersHaveRemarks() throws Exception {
    config("from = " + directory.resolve("a"), "to = " + directory.resolve("b"), "state = " + directory.resolve("s"),
        "filter-from = " + directory.resolve("filters"));
    Files.write(directory.resolve("filters"), List.of("# rules", "; more", "", "- *.tmp", "+ *.txt", "- *"));
    assertThat(run()).as(said()).isZero();
    assertThat(directory.resolve("b").toFile().list()).containsExactly("one.txt");
  }

  @Test
  void aFilterThatIsNotOneEndsTheRunBeforeItBegins() throws Exception {
    config("from = " + directory.resolve("a"), "to = " + directory.resolve("b"));
    assertThat(run("--exclude", "a***")).isEqualTo(2);
    assertThat(said()).contains("--exclude a***: the pattern 'a***' has more than two stars in a row");
    assertThat(directory.resolve("b")).doesNotExist();
  }

  private void config(String... lines) throws Exception {
    Files.write(directory.resolve("options"), List.of(lines));
  }

  private int run(String... more) throws InterruptedException {
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    List<String> words = new java.util.ArrayList<>(List.of("run", "--config", directory.resolve("options").toString()));
    words.addAll(List.of(more));
    return Main.run(words, new Console(stream, stream));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
