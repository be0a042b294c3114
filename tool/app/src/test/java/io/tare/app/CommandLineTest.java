package io.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.model.ledger.Account;
import io.tare.report.guide.TopicGuides;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user meets at the command line, good input and bad. */
class CommandLineTest {
  private static final String SELF = Long.toString(ProcessHandle.current().pid());
  private final Terminal terminal = new Terminal();

  @TempDir
  private Path folder;

  @Test
  void rulesTakeValuesFromAFileThatHelpPrints(@TempDir Path folder) throws Exception {
    assertThat(terminal.run("help", "rules")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("heap-idle.share = 10 %", "any.smallest = 8.00 MB").doesNotContain("\t");
    Path asPrinted = Files.writeString(folder.resolve("same.rules"),
        terminal.out().lines().skip(3).collect(Collectors.joining("\n")));
    String capture = "../ledger/src/test/resources/captures/native-glibc.tare";
    assertThat(terminal.run(capture, "--format", "json", "--rules", asPrinted.toString())).as(terminal.err())
        .isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("\"rule\": \"native-in-use\", \"answer\": \"yes\"");
    Path higher = Files.writeString(folder.resolve("higher.rules"), "native-in-use.share = 99 %");
    assertThat(terminal.run(capture, "--format", "json", "--rules", higher.toString())).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("\"rule\": \"native-in-use\", \"answer\": \"no\"");
    Path wrong = Files.writeString(folder.resolve("wrong.rules"), "\nheap-idel.share = 1 %");
    assertThat(terminal.run(capture, "--rules", wrong.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("wrong.rules, line 2:", "Did you mean 'heap-idle.share'?");
  }

  @Test
  void withoutWordsTheOverviewIsPrintedAndTheExitCodeIsUsage() {
    assertThat(terminal.run()).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.out()).contains("Usage: tare PID|NAME|FILE.tare", "tare demo");
  }

  @Test
  void aPidIsExplained() {
    assertThat(terminal.run(SELF)).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("gross", "net", "tare", "LEDGER", "Java heap", "RSS");
  }

  @Test
  void jsonIsWrittenToAFileByItsEnding() throws Exception {
    Path file = folder.resolve("report.json");
    assertThat(terminal.run(SELF, "-o", file.toString())).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).isEmpty();
    assertThat(Files.readString(file)).startsWith("{").contains("\"schema\": \"tare.ledger/1\"");
    try (var files = Files.list(folder)) {
      assertThat(files).as("no part of it stays behind").containsExactly(file);
    }
  }

  @Test
  void noSuchPidIsSaid() {
    assertThat(terminal.run("4194305")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).contains("there is no process 4194305");
  }

  @Test
  void aPidThatIsTooLongIsNone() {
    assertThat(terminal.run("99999999999999999999999")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("is no pid");
  }

  @Test
  void aNameThatNobodyHasIsSaid() {
    assertThat(terminal.run("no-process-is-called-so")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("no process is called 'no-process-is-called-so'");
  }

  @Test
  void aCaptureGoesToStandardOutputAndNothingElse() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Console console = new Console(printed, OutputStream.nullOutputStream(), false, false, Map.of());
    assertThat(Main.run(List.of("capture", SELF, "-o", "-"), console)).isEqualTo(ExitCode.FINE);
    Path file = Files.write(folder.resolve("x.tare"), printed.toByteArray());
    assertThat(terminal.run(file.toString())).as(terminal.err()).isEqualTo(ExitCode.FINE);
    Console screen = new Console(printed, OutputStream.nullOutputStream(), true, false, Map.of());
    assertThat(Main.run(List.of("capture", SELF, "-o", "/dev/stdout"), screen)).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aMistypedCommandGetsAHint() {
    assertThat(terminal.run("captrue")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("did you mean the command 'tare capture'?");
  }

  @Test
  void anUnknownOptionIsUsage() {
    assertThat(terminal.run(SELF, "--formt=json")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("Did you mean --format?");
  }

  @Test
  void aCaptureFileThatIsNoneIsRefusedWithASentence() throws Exception {
    Path file = Files.writeString(folder.resolve("x.tare"), "this is no capture", StandardCharsets.UTF_8);
    assertThat(terminal.run(file.toString())).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).startsWith("tare: ").doesNotContain("Exception", "\tat ");
  }

  @Test
  void aCaptureFileThatIsMissingIsRefusedWithASentence() {
    assertThat(terminal.run(folder.resolve("none.tare").toString())).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).startsWith("tare: ").doesNotContain("Exception", "\tat ");
  }

  @Test
  void aFolderThatIsMissingIsSaid() {
    assertThat(terminal.run(SELF, "-o", folder.resolve("none/x.html").toString()))
        .isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).startsWith("tare: ").doesNotContain("\tat ");
  }

  @Test
  void everyProcessIsListed() {
    assertThat(terminal.run("ps")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("GROSS", "NET", "TARE", SELF);
  }

  @Test
  void helpExplainsCommandsAndAccounts() {
    assertThat(terminal.run("help", "capture")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.run("help", "accounts")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.run("help", "malloc.idle")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("--no-paths", "heap.used", "malloc.idle");
    assertThat(terminal.run("help", "malloc.idel")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("Did you mean 'malloc.idle'?");
  }

  @Test
  void everyTopicAnswersInAPage() {
    List<String> asked = List.of("net", "gross", "tare", "verdicts", "native-in-use", "json", "exit-codes");
    assertThat(HelpCommand.topics()).containsAll(asked).doesNotHaveDuplicates();
    for (String topic : HelpCommand.topics()) {
      Terminal help = new Terminal();
      assertThat(help.run("help", topic)).as(topic).isEqualTo(ExitCode.FINE);
      assertThat(help.out()).as(topic).isNotBlank().endsWith("\n");
      if (asked.contains(topic)) {
        assertThat(help.out().lines().count()).as(topic).isBetween(6L, 60L);
      }
    }
  }

  @Test
  void whatEachTopicIsAboutIsItsFirstSentence() {
    terminal.run("help", "net");
    assertThat(terminal.out()).startsWith("Net is what the program itself put there and still uses.\n\n");
    Terminal rule = new Terminal();
    rule.run("help", "native-in-use");
    assertThat(rule.out()).startsWith("native-in-use  a rule's answer, see tare help verdicts\n"
        + "Is a good part of RSS native memory in use?\n").contains("\nnative-in-use.share = 50 %\n");
    Terminal both = new Terminal();
    both.run("help", "unexplained");
    assertThat(both.out()).as("an account and a rule").contains("what it is", "Has a part of RSS no owner?");
    Terminal close = new Terminal();
    assertThat(close.run("help", "exit-code")).isEqualTo(ExitCode.USAGE);
    assertThat(close.err()).contains("Did you mean 'exit-codes'?");
  }

  /** Headings, scales, kinds, confidence and accounts, as the reports of all captures have them. */
  @Test
  void everyWordOfAReportHasItsPage() throws Exception {
    Set<String> words = new TreeSet<>(List.of("small accounts", "also charged here", "cannot tell", "price"));
    Pattern printed = Pattern
        .compile("(?m)^([A-Z]{3}[A-Z ]*?)(?:  .*)?$|^ {2,4}([A-Za-z][a-zA-Z ]*?) {2,}\\d[\\d.,]* [KMGT]?B "
            + "|%  \\S* +([a-z]+)  |\\b([a-z]+ confidence)\\b");
    try (Stream<Path> reports = Files.list(Path.of("../ledger/src/test/resources/captures"))) {
      for (Path report : reports.filter(path -> path.toString().endsWith(".txt")).toList()) {
        printed.matcher(Files.readString(report)).results().forEach(found -> words.add(Stream.of(1, 2, 3, 4)
            .map(found::group).filter(Objects::nonNull).findFirst().orElseThrow()));
      }
    }
    assertThat(words).contains("RSS", "working set", "LEDGER", "WHY", "file", "idle", "high confidence", "page cache");
    Arrays.stream(Account.values()).map(Account::title).forEach(words::add);
    List<String> without = words.stream()
        .filter(word -> new Terminal().run(("help " + word).split(" ")) != ExitCode.FINE).toList();
    assertThat(without).isEmpty();
  }

  @Test
  @Tag("slow")
  void everyVerdictOfEveryCaptureHasItsPageAndItsLine() throws Exception {
    Set<String> rules = new TreeSet<>();
    try (Stream<Path> captures = Files.list(Path.of("../ledger/src/test/resources/captures"))) {
      for (Path capture : captures.filter(path -> path.toString().endsWith(".tare")).toList()) {
        Terminal json = new Terminal();
        json.run(capture.toString(), "--format", "json");
        Pattern.compile("\"rule\": \"([a-z0-9-]+)\", \"answer\"").matcher(json.out()).results()
            .forEach(found -> rules.add(found.group(1)));
      }
    }
    assertThat(TopicGuides.load().rules()).containsExactlyInAnyOrderElementsOf(rules);
    terminal.run("help", "verdicts");
    assertThat(terminal.out().lines().map(line -> line.strip().split(" ")[0]).toList()).containsAll(rules);
  }

  @Test
  void theOverviewHasAWholeSentenceForEveryCommand() {
    assertThat(Commands.all()).allSatisfy(command -> assertThat(command.summary()).as(command.name()).endsWith("."));
  }

  @Test
  void noSummaryIsCutWhereALineEnds() {
    Command command = new Command("x", "", "Takes a reading every second, a full ledger every\nminute. And more.",
        List.of(),
        List.of(), (arguments, console) -> ExitCode.FINE);
    assertThat(command.summary()).isEqualTo("Takes a reading every second, a full ledger every minute.");
  }

  @Test
  void everyValueThatAnOptionTakesIsSaid() {
    for (String name : Commands.names()) {
      Terminal help = new Terminal();
      help.run(("help " + name).split(" "));
      String text = help.out().replaceAll("\\s+", " ");
      Commands.byName(name).orElseThrow().options()
          .forEach(option -> option.choices().forEach(choice -> assertThat(text).as(name).contains(choice)));
    }
  }

  @Test
  void theManualPageHasEveryCommandAndOptionAndNoLineIsARequestByAccident() {
    terminal.run("help", "man");
    assertThat(terminal.out()).startsWith(".TH TARE 1 ");
    for (String name : Commands.names()) {
      assertThat(terminal.out()).contains(".SS tare " + name);
    }
    assertThat(terminal.out().lines().filter(line -> line.startsWith(".") || line.startsWith("'"))
        .map(line -> line.split(" ")[0]).distinct()).containsExactlyInAnyOrder(".TH", ".SH", ".SS", ".B", ".I", ".TP",
            ".PP", ".br", ".nf", ".fi", ".nh", ".ad");
  }

  @Test
  void everyCommandHasHelp() {
    for (String name : Commands.names()) {
      assertThat(terminal.run((name + " --help").split(" "))).as(name).isEqualTo(ExitCode.FINE);
    }
  }

  @Test
  void completionIsPrintedForEveryShellThatIsNamed() {
    assertThat(terminal.run("completion", "bash")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("complete -F _tare tare");
    assertThat(terminal.run("completion", "tcsh")).isEqualTo(ExitCode.USAGE);
  }
}
