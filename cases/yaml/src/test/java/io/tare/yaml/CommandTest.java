package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.yaml.command.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command answers: its exit code, and all that it says. */
final class CommandTest {
  private record Answer(int code, String out, String err) {}

  @TempDir
  Path folder;

  private Path file;

  @BeforeEach
  void aFile() throws IOException {
    file = Files.writeString(folder.resolve("a.yaml"), "spec: {replicas: 3, names: [\"b\\tc\"]}\n---\n- second\n");
  }

  @Test
  void aValueIsFoundByItsKeysAndPlaces() {
    assertThat(run("get", file.toString(), "spec", "replicas")).isEqualTo(new Answer(0, "3\n", ""));
    assertThat(run("get", file.toString(), "spec", "names", "0")).isEqualTo(new Answer(0, "b\tc\n", ""));
  }

  @Test
  void aValueThatIsNotThereEndsWithOne() {
    assertThat(run("get", file.toString(), "spec", "none"))
        .isEqualTo(new Answer(1, "", "yaml: there is no 'none' there\n"));
  }

  @Test
  void eachDocumentIsALineOfJson() {
    assertThat(run("json", file.toString()))
        .isEqualTo(new Answer(0, "{\"spec\":{\"replicas\":3,\"names\":[\"b\\tc\"]}}\n[\"second\"]\n", ""));
  }

  @Test
  void aFileThatIsMissingOrAFolderEndsWithOne() {
    Path missing = folder.resolve("missing.yaml");
    assertThat(run("load", missing.toString())).isEqualTo(new Answer(1, "", "yaml: " + missing + " does not exist\n"));
    assertThat(run("variants", folder.toString()))
        .isEqualTo(new Answer(1, "", "yaml: " + folder + " is not there, or is no regular file\n"));
  }

  @Test
  void whatWasTypedWrongIsNamedAndEndsWithTwo() {
    assertThat(run("lood", file.toString()))
        .isEqualTo(new Answer(2, "", "yaml: there is no command 'lood'; yaml help lists them\n"));
    assertThat(run("load", file.toString(), "--sauce"))
        .isEqualTo(new Answer(2, "", "yaml: there is no option --sauce; yaml help lists them\n"));
    assertThat(run("load", file.toString(), "--source", "odd"))
        .isEqualTo(new Answer(2, "", "yaml: --source is one of mapped, copied, not 'odd'\n"));
    assertThat(run("load", file.toString(), "--threads", "two"))
        .isEqualTo(new Answer(2, "", "yaml: --threads is a number from 1 to 9999, not 'two'\n"));
    assertThat(run("load"))
        .isEqualTo(new Answer(2, "", "yaml: a file is missing; yaml help says what each command takes\n"));
  }

  private static Answer run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(List.of(args), new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
