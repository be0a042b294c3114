package io.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script is told by the exit code: the same rule for every command. */
class ExitCodesTest {
  private static final String CAPTURES = "../ledger/src/test/resources/captures/";
  private static final String RECORDINGS = "src/test/resources/recordings/";
  private static final String SELF = Long.toString(ProcessHandle.current().pid());

  /** Command lines that no command can do anything with: a word too many, or one that is missing. */
  private static final Map<String, String> WRONG = Map.ofEntries(Map.entry("explain", "a b"), Map.entry("ps", "a"),
      Map.entry("who", ""), Map.entry("capture", ""), Map.entry("record", ""), Map.entry("run", ""),
      Map.entry("watch", ""), Map.entry("mark", ""), Map.entry("diff", "a"), Map.entry("check", ""),
      Map.entry("log", ""), Map.entry("try", ""), Map.entry("scale", ""), Map.entry("advise", ""),
      Map.entry("checklist", ""), Map.entry("heap", ""), Map.entry("heap diff", "a"), Map.entry("heap redact", "a"),
      Map.entry("open", ""), Map.entry("demo", "no-such-demonstration"), Map.entry("help", "no-such-topic"),
      Map.entry("completion", ""), Map.entry("version", "a"));

  @TempDir
  private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("nothing.txt"), "nothing that Tare knows\n");
    Files.writeString(folder.resolve("app.log"), "nothing that is of memory\n");
  }

  @Test
  void theTableOfWrongCommandLinesHasEveryCommand() {
    TreeSet<String> names = new TreeSet<>(Commands.names());
    names.removeIf(name -> Set.of("fleet", "agent").contains(name.split(" ", 2)[0]));
    assertThat(new TreeSet<>(WRONG.keySet())).as("but those whose code is in other jars").isEqualTo(names);
  }

  @Test
  void helpIsZeroForEveryCommand() {
    for (String name : Commands.names()) {
      assertThat(code(name + " --help")).as(name).isEqualTo(ExitCode.FINE);
      assertThat(code("help " + name)).as(name).isEqualTo(ExitCode.FINE);
    }
  }

  @Test
  void aWrongCommandLineIsTwoForEveryCommandAndSaysSoInOneSentence() {
    WRONG.forEach((name, words) -> {
      for (String line : List.of(name + " --no-such-option", name + " " + words)) {
        Terminal terminal = new Terminal();
        assertThat(terminal.run(line.strip().split(" "))).as(line).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).as(line).startsWith("tare: ").doesNotContain("Exception", "\tat ");
        assertThat(terminal.out()).as(line).isEmpty();
      }
    });
  }

  /** Commands in the order of the rule: explained, kept, broken, not told, no such thing. C stands for captures, R for recordings, T for a folder. */
  @ParameterizedTest
  @CsvSource({
      "0, C/native-glibc.tare", "0, R/leak-settled.tarerec", "0, R/leak-open.tarerec",
      "0, diff C/native-glibc.tare C/hotspot-17-g1.tare", "0, ps", "0, version", "0, completion bash", "0, demo --list",
      "0, check C/native-glibc.tare --max rss=100GB", "1, check C/native-glibc.tare --max rss=1KB",
      "3, check C/native-glibc.tare --max heap.live=1GB", "2, check C/native-glibc.tare --max rsss=1KB",
      "0, check R/cache-settled.tarerec --no-leak", "1, check R/leak-settled.tarerec --no-leak",
      "3, check R/leak-open.tarerec --no-leak", "3, 4194305", "3, who 4194305", "3, capture 4194305 -o T/x.tare",
      "3, record 4194305 -o T/x.tarerec", "3, heap 4194305 --yes", "3, checklist 4194305", "3, T/none.tare",
      "3, T/none.tarerec", "3, diff T/none.tare C/native-glibc.tare", "3, check T/none.tare --max rss=1GB",
      "3, heap T/none.hprof", "3, heap redact T/none.hprof T/x.hprof", "3, advise T/none.tarerec", "3, log T/none.log",
      "3, log T/app.log", "2, heap C/native-glibc.tare", "2, log C/native-glibc.tare",
      "2, C/native-glibc.tare -o T/x.pdf", "3, C/native-glibc.tare -o T/none/x.html"})
  void oneRuleForAll(int expected, String line) {
    Terminal terminal = new Terminal();
    int code = terminal
        .run(line.replace("C/", CAPTURES).replace("R/", RECORDINGS).replace("T/", folder + "/").split(" "));
    assertThat(code).as(line + ": " + terminal.err()).isEqualTo(expected);
    if (expected > 1 && terminal.out().isEmpty()) {
      assertThat(terminal.err()).as("what is not answered is said").startsWith("tare: ");
    }
  }

  /** A verdict of an explanation is no verdict that was asked for. */
  @Test
  @Tag("slow")
  void explanationsAreZeroWhateverTheyFind() throws IOException {
    List<String> others = new ArrayList<>();
    try (var captures = Files.list(Path.of(CAPTURES))) {
      for (Path capture : captures.filter(path -> path.toString().endsWith(".tare")).sorted().toList()) {
        int code = code(capture.toString());
        if (code != ExitCode.FINE && code != ExitCode.COULD_NOT_MEASURE) {
          others.add(code + " " + capture);
        }
      }
    }
    assertThat(others).isEmpty();
    assertThat(code(SELF)).isEqualTo(ExitCode.FINE);
  }

  private static int code(String line) {
    return new Terminal().run(line.split(" "));
  }
}
