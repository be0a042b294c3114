package io.tare.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.app.cli.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completion, asked in the shells themselves. */
@Tag("slow")
class CompletionTest {
  @TempDir
  private Path folder;

  @Test
  void bashCompletesCommandsOptionsValuesAndForms() throws Exception {
    String ask = """
        source %s 2> /dev/null
        ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _tare 2> /dev/null; echo "${COMPREPLY[*]}"; }
        """.formatted(script("bash"));
    assertThat(in("bash", ask + "ask tare ca")).containsExactly("capture");
    assertThat(in("bash", ask + "ask tare ps --so")).containsExactly("--sort=gross --sort=tare --sort=pid --sort=name");
    assertThat(in("bash", ask + "ask tare ps --sort = n")).containsExactly("name");
    assertThat(in("bash", ask + "ask tare ps --sort =")).containsExactly("gross tare pid name");
    assertThat(in("bash", ask + "ask tare heap red")).containsExactly("redact");
    assertThat(in("bash", ask + "ask tare help n")).containsExactly("net near-limit nothing-remarkable native-in-use");
    assertThat(in("bash", ask + "ask tare heap redact --keep")).containsExactly("--keep-numbers");
    assertThat(in("bash", ask + "ask tare 4711 --thr")).containsExactly("--threads");
    assertThat(in("bash", ask + "cd /proc/self && ask tare heap smaps_r")).containsExactly("smaps_rollup");
  }

  @Test
  void zshOffersCommandsOptionsValuesAndForms() throws Exception {
    // What zsh is offered, before it picks what begins with the word.
    String ask = """
        compadd() { [[ $1 == -S ]] && shift 2; [[ $1 == -- ]] && shift; print -l -- "$@"; }
        _files() { print FILES; }
        source %s
        ask() { words=("$@"); CURRENT=$#; _tare; }
        """.formatted(script("zsh"));
    assertThat(in("zsh", ask + "ask tare ''")).contains("capture", "heap", "FILES").doesNotContain("heap diff");
    assertThat(in("zsh", ask + "ask tare ps ''")).contains("--sort=name", "--top=").doesNotContain("--threads",
        "capture");
    assertThat(in("zsh", ask + "ask tare heap redact ''")).contains("--keep-numbers").doesNotContain("--histogram");
    assertThat(in("zsh", ask + "ask tare help ''")).contains("gross", "exit-codes", "native-in-use");
    assertThat(in("zsh", ask + "ask tare 4711 ''")).contains("--threads", "--format=json");
    assertThat(in("zsh", "autoload -Uz compinit; compinit -u -d %s; source %s; print $_comps[tare]"
        .formatted(folder.resolve("dump"), script("zsh")))).containsExactly("_tare");
  }

  @Test
  void fishCompletesCommandsOptionsValuesAndForms() throws Exception {
    String ask = "source " + script("fish") + "; complete -C ";
    assertThat(in("fish", ask + "'tare ca'")).singleElement().asString().startsWith("capture\t");
    assertThat(in("fish", ask + "'tare ps --sort='")).extracting(line -> line.replaceAll("\t.*", ""))
        .containsExactlyInAnyOrder("--sort=gross", "--sort=name", "--sort=pid", "--sort=tare");
    assertThat(in("fish", ask + "'tare heap redact --keep'")).extracting(line -> line.replaceAll("\t.*", ""))
        .contains("--keep-numbers");
    assertThat(in("fish", ask + "'tare help exit'")).containsExactly("exit-codes");
    assertThat(in("fish", ask + "'tare diff --te'")).as("an option of heap diff only").isEmpty();
    assertThat(in("fish", ask + "'tare heap diff --ask'")).as("an option of diff only").isEmpty();
    assertThat(in("fish", ask + "'tare 4711 --thr'")).singleElement().asString().startsWith("--threads\t");
  }

  /** A command that is new is known to every shell at once, for the table is one. */
  @Test
  void everyCommandIsOffered() throws Exception {
    List<String> names = Commands.names().stream().filter(name -> !name.contains(" ") && !name.equals("explain"))
        .toList();
    assertThat(List.of(in("bash", """
        source %s 2> /dev/null
        COMP_WORDS=(tare ''); COMP_CWORD=1; COMPREPLY=(); _tare 2> /dev/null; echo "${COMPREPLY[*]}"
        """.formatted(script("bash"))).getFirst().split(" "))).containsAll(names);
    assertThat(in("fish", "source " + script("fish") + "; complete -C 'tare '").stream()
        .map(line -> line.replaceAll("\t.*", ""))).containsAll(names);
    assertThat(in("zsh", """
        compadd() { [[ $1 == -S ]] && shift 2; [[ $1 == -- ]] && shift; print -l -- "$@"; }
        _files() { print FILES; }
        source %s
        words=(tare ''); CURRENT=2; _tare
        """.formatted(script("zsh")))).containsAll(names);
  }

  private Path script(String shell) throws IOException {
    Terminal terminal = new Terminal();
    assertThat(terminal.run("completion", shell)).isEqualTo(ExitCode.FINE);
    return Files.writeString(folder.resolve("tare." + shell), terminal.out());
  }

  private List<String> in(String shell, String script) throws Exception {
    assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, shell))),
        "there is no " + shell + ": its completion was not tried");
    ProcessBuilder builder = new ProcessBuilder(shell, "-c", script);
    builder.environment().put("HOME", folder.toString());
    Process process = builder.redirectError(folder.resolve("errors").toFile()).start();
    process.getOutputStream().close();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("errors"))).isEmpty();
    return answer.lines().toList();
  }
}
