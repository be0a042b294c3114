package io.tare.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.Main;
import io.tare.app.Terminal;
import io.tare.app.cli.Console;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes, threads and marks that are named so that a terminal obeys their names: the terminal never sees them. */
@Tag("slow")
@Timeout(120)
class EscapeSequencesTest {
  private static final String SELF = Long.toString(ProcessHandle.current().pid());
  /** Sets the window's title; with a C1 control and a change of writing direction. */
  private static final String HOSTILE = "\u001b]0;p\u0007\u009b\u202e";
  /** What Tare itself sends: colours, and what the live screen needs. */
  private static final String OURS = "\u001b\\[(0|1|2|3[1-6]|1;31)m|\u001b\\[\\?(1049|25)[hl]|\u001b\\[[HKJ]|\r";

  @TempDir
  private Path folder;
  private Process target;

  @BeforeEach
  void startTarget() throws Exception {
    Path program = Files.copy(Path.of("/bin/sleep").toRealPath(), folder.resolve(HOSTILE),
        StandardCopyOption.COPY_ATTRIBUTES);
    target = new ProcessBuilder(program.toString(), "100").start();
  }

  @AfterEach
  void endTarget() {
    target.destroyForcibly();
  }

  private String pid() {
    return Long.toString(target.pid());
  }

  private static void assertHarmless(String text) {
    assertThat(text.codePoints().filter(c -> (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0)
        || c == 0x202e || c == 0x2028).mapToObj(Integer::toHexString)).as(text).isEmpty();
  }

  private static Terminal ran(String... words) {
    Terminal terminal = new Terminal();
    terminal.run(words);
    assertHarmless(terminal.out());
    assertHarmless(terminal.err());
    return terminal;
  }

  @Test
  void aProcessIsNamedHarmlesslyWhereverItIsNamed() {
    String recording = folder.resolve("x.tarerec").toString();
    assertThat(ran("p\u0007").err()).contains("tare: no process is called");
    assertThat(ran(pid()).out()).contains("\\e]0;p");
    assertThat(ran("record", pid(), "-o", recording, "--for", "300ms").err()).contains("recording \\e]0;p");
    assertThat(ran("watch", pid(), "--for", "300ms", "--alert", "rss > 1KB").err()).contains("ALERT \\e]0;p");
    ran("watch", pid(), "--for", "300ms", "--alert", "rss > 1KB \u001b[2J");
    ran("ps");
    ran(recording);
    ran("check", recording, "--max", "rss=1TB");
  }

  @Test
  void whatTheUserTypedIsRepeatedHarmlessly() {
    ran(HOSTILE);
    ran(SELF, "--" + HOSTILE);
    ran(folder.resolve(HOSTILE + ".tare").toString());
    ran("mark", HOSTILE, "--recording", folder.resolve(HOSTILE + ".tarerec").toString());
  }

  @Test
  void theLabelOfAMarkIsToldHarmlessly() {
    Terminal terminal = ran("run", "-o", folder.resolve("y.tarerec").toString(), "--", "sh", "-c",
        "echo \"mark at=$(date +%s)000 label=%1B%5D0%3Bp%07\" >> \"$TARE_RECORDING.marks\"; sleep 1.5");
    assertThat(terminal.err()).contains("\\e]0;p");
  }

  @Test
  void onATerminalNothingButOurOwnSequencesArrives() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread named = Thread.ofPlatform().name(HOSTILE).start(() -> {
      try {
        end.await();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    });
    try {
      for (List<String> words : List.of(List.of(SELF, "--threads"), List.of("watch", SELF, "--for", "2s"),
          List.of("watch", pid(), "--for", "2s", "--alert", "rss > 1KB"))) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main.run(words, new Console(new java.io.PrintStream(out, true, StandardCharsets.UTF_8),
            new java.io.PrintStream(err, true, StandardCharsets.UTF_8), true, false,
            Map.of("LANG", "C.UTF-8", "TERM", "xterm")));
        String shown = out.toString(StandardCharsets.UTF_8);
        assertThat(shown).as("%s is in colour", words).containsPattern("\u001b\\[1m");
        assertHarmless(shown.replaceAll(OURS, ""));
        assertHarmless(err.toString(StandardCharsets.UTF_8));
      }
    } finally {
      end.countDown();
      named.join();
    }
  }
}
