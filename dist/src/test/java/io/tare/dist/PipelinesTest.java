package io.tare.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What pipelines are told to do (the workflows, the action, {@code docs/ci.md}) can be done. */
class PipelinesTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ *([a-z0-9.-]+) *}}");
  private static final Pattern OURS = Pattern.compile("(?:\\./)?((?:\\.ci|dist)/[a-z-]+)(?= |$)");
  private static final Pattern FENCE = Pattern.compile("(?ms)^## ([^\\n]+)\\n.*?^```\\n(.*?)^```");
  private static final Pattern STEP_OF_JENKINS = Pattern.compile("sh '([^']+)'");
  private static final String SELF = Long.toString(ProcessHandle.current().pid());

  @TempDir
  private Path folder;

  private record Outcome(int code, String out) {}

  @Test
  void everyStepOfAWorkflowIsAnActionWithAVersionOrRunsWhatIsThere() throws IOException {
    for (String name : List.of("build", "release")) {
      Map<?, ?> workflow = yaml(Files.readString(PROJECT.resolve(".github/workflows/" + name + ".yml")));
      assertThat(workflow.keySet()).as(name).isEqualTo(Set.of("name", "on", "permissions", "jobs"));
      List<Map<?, ?>> steps = steps(workflow);
      assertThat(steps).as(name).isNotEmpty().allSatisfy(step -> assertThat(step.containsKey("uses"))
          .as(step.toString()).isNotEqualTo(step.containsKey("run")));
      steps.stream().filter(step -> step.containsKey("uses"))
          .forEach(step -> assertThat(step.get("uses").toString()).matches("[\\w-]+/[\\w-]+@v\\d+"));
      steps.stream().filter(step -> step.containsKey("run"))
          .forEach(step -> OURS.matcher(step.get("run").toString()).results()
              .forEach(found -> assertThat(PROJECT.resolve(found.group(1))).isExecutable()));
    }
  }

  @Test
  void theReleasesNotesAreTheSectionOfItsVersion() throws Exception {
    String version = Files.readString(PROJECT.resolve("pom.xml")).replaceAll("(?s).*?<version>([^<]+)</version>.*",
        "$1");
    assumeTrue(!version.endsWith("SNAPSHOT"), "not a release: there are no notes of it yet");
    Outcome notes = bash(Map.of(), ".ci/release-notes v" + version);
    assertThat(notes.code()).as(notes.out()).isZero();
    assertThat(notes.out()).contains("- ").doesNotContain("\n## ");
    assertThat(bash(Map.of(), ".ci/release-notes 99.9").code()).isEqualTo(3);
  }

  @Test
  void aVersionIsGivenToEveryPomThePagesAndTheChangelog() throws Exception {
    Path copy = Files.createDirectories(folder.resolve("copy"));
    bash(Map.of(),
        "git ls-files -z '*pom.xml' CHANGELOG.md docs/library.md docs/ci.md | xargs -0 cp --parents -t '" + copy
            + "' && mkdir '" + copy + "/.ci' && cp .ci/version .ci/release-notes '" + copy + "/.ci'");
    Files.writeString(copy.resolve("CHANGELOG.md"), "# Changelog\n\n## Unreleased\n- New.\n\n## 0.0.1\n- Old.\n");
    Outcome given = bash(Map.of(), "cd '" + copy + "' && .ci/version 7.8.9 && .ci/release-notes 7.8.9");
    assertThat(given.out()).endsWith(" -> 7.8.9\n- New.\n");
    assertThat(bash(Map.of(), "cd '" + copy + "' && grep -rlE '0\\.[12]\\.0(-SNAPSHOT)?</version>' . ; true").out())
        .isEmpty();
    assertThat(bash(Map.of(),
        "cd '" + copy + "' && grep -c 7.8.9 pom.xml dist/pom.xml library/bom/pom.xml docs/library.md docs/ci.md").out())
        .isEqualTo("pom.xml:1\ndist/pom.xml:1\nlibrary/bom/pom.xml:1\ndocs/library.md:1\ndocs/ci.md:4\n");
    Outcome next = bash(Map.of(), "cd '" + copy + "' && .ci/version 7.9.0-SNAPSHOT && head -n 5 CHANGELOG.md");
    assertThat(next.out()).isEqualTo("7.8.9 -> 7.9.0-SNAPSHOT\n# Changelog\n\n## Unreleased\n\n## 7.8.9\n");
    assertThat(bash(Map.of(), ".ci/version 7.x '" + copy + "'").code()).isEqualTo(2);
  }

  @Test
  void theIssueFormAsksForACapture() throws IOException {
    Map<?, ?> form = yaml(Files.readString(PROJECT.resolve(".github/ISSUE_TEMPLATE/report.yml")));
    assertThat((List<?>) form.get("body")).anySatisfy(part -> {
      assertThat(part.toString()).contains("tare capture PID").contains("required=true");
    });
  }

  @Test
  @Tag("slow")
  void theActionChecksAProcessAndKeepsTheEvidence() throws Exception {
    Path archive = archive();
    assertThat(action(archive, "rss=100GB", OciImage.sha256(Files.readAllBytes(archive))))
        .isEqualTo(new Outcome(0, "code=0\n"));
    for (String kept : List.of("check.txt", "check.json", "junit.xml", SELF + ".tare")) {
      assertThat(folder.resolve("report").resolve(kept)).isNotEmptyFile();
    }
    assertThat(action(archive, "rss=1KB\n", "")).isEqualTo(new Outcome(1, "code=1\n"));
    assertThat(action(archive, "heap.marked=1KB\n", "").code()).as("a limit on what no account is called").isEqualTo(2);
    assertThat(action(archive, "rss=1KB\n", "0".repeat(64)).code()).as("another archive").isEqualTo(3);
  }

  /** The steps of action.yml one by one, as the runner would take them; its outputs, when the last one is over. */
  private Outcome action(Path archive, String max, String sum) throws Exception {
    Map<?, ?> action = yaml(Files.readString(PROJECT.resolve("action.yml")));
    Map<String, String> known = new HashMap<>();
    ((Map<?, ?>) action.get("inputs"))
        .forEach((name, input) -> known.put("inputs." + name, String.valueOf(((Map<?, ?>) input).get("default"))));
    known.putAll(Map.of("inputs.target", SELF, "inputs.max", max, "inputs.package", archive.toString(), "inputs.sha256",
        sum, "inputs.report", folder.resolve("report").toString(), "runner.temp", folder.toString()));
    Path outputs = Files.writeString(folder.resolve("outputs"), "");
    int code = 0;
    for (Object one : (List<?>) ((Map<?, ?>) action.get("runs")).get("steps")) {
      Map<?, ?> step = (Map<?, ?>) one;
      assertThat(step.get("shell")).isEqualTo("bash");
      Map<String, String> environment = new HashMap<>(Map.of("GITHUB_ACTION_PATH", PROJECT.toString(), "RUNNER_TEMP",
          folder.toString(), "GITHUB_OUTPUT", outputs.toString(), "GITHUB_STEP_SUMMARY",
          folder.resolve("summary").toString()));
      ((Map<?, ?>) step.get("env")).forEach((name, value) -> environment.put(name.toString(),
          EXPRESSION.matcher(value.toString())
              .replaceAll(found -> Matcher.quoteReplacement(known.get(found.group(1))))));
      code = bash(environment, step.get("run").toString()).code();
      if (code != 0) {
        break;
      }
    }
    return new Outcome(code, Files.readString(outputs));
  }

  @Test
  @Tag("slow")
  void whatThePageOnPipelinesTellsToTypeWorks() throws Exception {
    Path archive = archive();
    Map<String, String> blocks = new HashMap<>();
    FENCE.matcher(Files.readString(PROJECT.resolve("docs/ci.md"))).results()
        .forEach(found -> blocks.put(found.group(1), found.group(2)));
    assertThat(blocks).containsOnlyKeys("GitHub Actions", "GitLab", "Jenkins");

    List<?> github = (List<?>) new Load(LoadSettings.builder().build()).loadFromString(blocks.get("GitHub Actions"));
    Map<?, ?> inputs = (Map<?, ?>) yaml(Files.readString(PROJECT.resolve("action.yml"))).get("inputs");
    assertThat(github).anySatisfy(step -> {
      assertThat(String.valueOf(((Map<?, ?>) step).get("uses"))).startsWith("OWNER/tare@v");
      assertThat(inputs.keySet().containsAll(((Map<?, ?>) ((Map<?, ?>) step).get("with")).keySet())).isTrue();
    });

    List<?> gitlab = (List<?>) ((Map<?, ?>) yaml(blocks.get("GitLab")).get("memory")).get("script");
    StringBuilder script = new StringBuilder("set -e\ncd " + folder + "\nln -sfn " + PROJECT.resolve(".ci") + " .ci\n");
    gitlab.forEach(line -> script.append(typed(line.toString(), archive)).append('\n'));
    Outcome kept = bash(Map.of("WORKSPACE_TMP", folder.toString()), script.toString());
    assertThat(kept.code()).as(kept.out()).isZero();
    assertThat(folder.resolve("memory/junit.xml")).content().contains("<testsuite");

    StringBuilder jenkins = new StringBuilder("set -e\ncd " + folder + "\n");
    STEP_OF_JENKINS.matcher(blocks.get("Jenkins")).results()
        .forEach(found -> jenkins.append(typed(found.group(1), archive)).append('\n'));
    Outcome told = bash(Map.of("WORKSPACE_TMP", folder.toString()), jenkins.toString());
    assertThat(told.code()).as("a run of a second is too short for a verdict: " + told.out()).isEqualTo(3);
    assertThat(told.out()).contains("cannot tell");
  }

  /** The line with what the reader has in its place: an archive, a program, a load. */
  private String typed(String line, Path archive) {
    return line.replaceAll("tare-[0-9.]+-linux-x64.tar.gz", Matcher.quoteReplacement(archive.toString()))
        .replace("/opt/tare", folder.resolve("opt") + "").replace("java -jar app.jar & PID=$!", "sleep 60 & PID=$!")
        .replace("heap.live=80MB", "net=80MB").replace("./put-load-on-it", "sleep 0.1")
        .replace("./run-the-load", "sleep 1");
  }

  private static List<Map<?, ?>> steps(Map<?, ?> workflow) {
    List<Map<?, ?>> steps = new ArrayList<>();
    for (Object job : ((Map<?, ?>) workflow.get("jobs")).values()) {
      ((List<?>) ((Map<?, ?>) job).get("steps")).forEach(step -> steps.add((Map<?, ?>) step));
    }
    return steps;
  }

  private static Map<?, ?> yaml(String text) {
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  private static Path archive() throws IOException {
    Path packages = Path.of("target/packages").toAbsolutePath();
    assumeTrue(Files.isDirectory(packages),
        "there are no packages (mvn -Pdist verify makes them): pipelines were not tried");
    try (Stream<Path> files = Files.list(packages)) {
      return files.filter(file -> file.toString().endsWith("-linux-x64.tar.gz")).findFirst().orElseThrow();
    }
  }

  private Outcome bash(Map<String, String> environment, String script) throws IOException, InterruptedException {
    Path out = folder.resolve("bash.out");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(PROJECT.toFile())
        .redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("it ends: " + script).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
    }
    return new Outcome(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
  }
}
