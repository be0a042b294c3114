package io.tare.app.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tare.app.Terminal;
import io.tare.app.cli.ExitCode;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user asks of dumps, good questions and bad ones, on dumps of this very JVM. */
@Tag("slow")
class HeapCommandTest {
  static final List<byte[]> KEPT = new ArrayList<>();

  @TempDir
  static Path folder;

  private static Path before;
  private static Path after;
  private final Terminal terminal = new Terminal();

  @BeforeAll
  static void dump() throws Exception {
    before = folder.resolve("before.hprof");
    after = folder.resolve("after.hprof");
    HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    bean.dumpHeap(before.toString(), true);
    for (int i = 0; i < 100_000; i++) {
      KEPT.add(new byte[100]);
    }
    bean.dumpHeap(after.toString(), true);
    KEPT.clear();
  }

  @Test
  void whatCollectionsCostIsToldInEveryForm() {
    assertThat(terminal.run("heap", after.toString(), "--collections")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("What they hold", "java.util.HashMap", "How full they are");
    for (String format : List.of("json", "csv", "html")) {
      Terminal fresh = new Terminal();
      assertThat(fresh.run("heap", after.toString(), "--collections=java.util.*Map", "--format", format))
          .isEqualTo(ExitCode.FINE);
      assertThat(fresh.out()).contains("java.util.HashMap").doesNotContain("java.util.ArrayList");
    }
    assertThat(terminal.run("heap", after.toString(), "--collections=java.lang.String")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("java.lang.String is no collection that Tare knows");
    assertThat(terminal.run("heap", after.toString(), "--collections", "--histogram")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aQueryIsAnsweredInTextAndJson() {
    assertThat(terminal.run("heap", after.toString(), "--select",
        "SELECT c.KEPT.size FROM java.lang.Class c WHERE c.@name LIKE '.*HeapCommandTest'")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("c.KEPT.size", "100000", "1 row");
    assertThat(terminal.run("heap", after.toString(), "--format=json", "--select",
        "SELECT count(*) AS many FROM byte[] b WHERE b.@length = 100")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("\"schema\": \"tare.heap-select/1\"")
        .containsPattern("\"many\": 1\\d{5}\\D");
  }

  @Test
  void aClassAndAnObjectAreShown() throws Exception {
    Path json = folder.resolve("class.json");
    assertThat(terminal.run("heap", after.toString(), "--class", "*HeapCommandTest", "-o", json.toString()))
        .as(terminal.err()).isEqualTo(ExitCode.FINE);
    String text = Files.readString(json);
    assertThat(text).contains("\"schema\": \"tare.heap-class/1\"");
    int at = text.indexOf("0x", text.indexOf("\"classObjects\""));
    String address = text.substring(at, text.indexOf('"', at));
    assertThat(terminal.run("heap", after.toString(), "--object", address)).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("static KEPT", "java.util.ArrayList", "Path from a root", "Held alone by");
  }

  @Test
  void theHistogramCountsClassesAndNothingElse() {
    assertThat(terminal.run("heap", after.toString(), "--histogram")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("objects", "byte[]", "--all lists them").doesNotContain("Suspects");
    assertThat(terminal.run("heap", after.toString(), "--histogram", "--format=json")).isEqualTo(ExitCode.FINE);
    // What the other tests of this JVM have left counts, too.
    assertThat(terminal.out()).contains("\"schema\": \"tare.heap-histogram/1\"")
        .containsPattern("\\{\"class\": \"byte\\[\\]\", \"objects\": [1-9]\\d{5,}\\D");
    assertThat(terminal.run("heap", after.toString(), "--histogram", "--class", "byte[]")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void growthIsNamed() throws Exception {
    assertThat(terminal.run("heap", "diff", before.toString(), after.toString())).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("static field io.tare.app.heap.HeapCommandTest.KEPT → elementData",
        "+100,000 × byte[]", "Classes that grew");
    Path page = folder.resolve("growth.html");
    assertThat(terminal.run("heap", "diff", before.toString(), after.toString(), "-o", page.toString()))
        .isEqualTo(ExitCode.FINE);
    assertThat(Files.readString(page)).contains("HeapCommandTest.KEPT", "</html>").doesNotContain("src=");
    assertThat(terminal.run("heap", "diff", before.toString(), after.toString(), "--format", "json"))
        .isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("\"schema\": \"tare.heap-diff/1\"");
    assertThat(terminal.run("heap", "diff", before.toString())).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aRedactedCopyIsWrittenOnceAndPrivate() throws Exception {
    Path copy = folder.resolve("shared.hprof.gz");
    assertThat(terminal.run("heap", "redact", before.toString(), copy.toString())).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("blanked", "kept the names");
    assertThat(Files.size(copy)).isLessThan(Files.size(before) / 2);
    assertThat(terminal.run("heap", "redact", before.toString(), copy.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("nothing is overwritten");
    assertThat(terminal.run("heap", copy.toString(), "--class", "java.lang.String")).isEqualTo(ExitCode.FINE);
  }

  @Test
  void whatCannotBeRedactedLeavesNoCopy() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.txt"), "this is no heap dump, but long enough to look at");
    Path copy = folder.resolve("none.hprof");
    Path damaged = Files.write(folder.resolve("damaged.hprof"), new byte[100]);
    assertThat(terminal.run("heap", "redact", text.toString(), copy.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("heap", "redact", damaged.toString(), copy.toString()))
        .isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.run("heap", "redact", folder.resolve("x").toString(), copy.toString()))
        .isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(copy).doesNotExist();
    assertThat(terminal.err()).contains("a heap dump is wanted", "not a heap dump", "there is no file")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "--select | SELECT * FROM no.such.Klass | there is no class no.such.Klass",
      "--select | SELECT * FROM java.lang.String WHERE | expected a value",
      "--class | no.such.* | there is no class no.such.*",
      "--class | string | Did you mean java.lang.String",
      "--object | 0x12 | there is no object at 0x12",
      "--object | twelve | write 0x7f3a01c0",
      "--object | 0x12zz | write 0x7f3a01c0",
      "--object | 0x12 --format=html | writes text or json",
      "--object | 0x12 --class=x | ask one at a time",
      "--class | x --unreachable | belongs to --select",
      "--class | x -o y.hprof | is one already",
  })
  void aBadQuestionIsUsageWithASentence(String option, String value, String sentence) {
    List<String> words = new ArrayList<>(List.of("heap", after.toString(), option));
    if (option.equals("--select")) {
      words.add(value);
    } else {
      words.addAll(List.of(value.split(" ")));
    }
    assertThat(terminal.run(words.toArray(String[]::new))).as(terminal.err()).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).startsWith("tare: ").contains(sentence).doesNotContain("\tat ");
  }

  @Test
  void aForeignFileIsNoHeapDump() throws Exception {
    Path text = Files.writeString(folder.resolve("foreign.hprof"), "JAVA, but no profile: something else altogether");
    assertThat(terminal.run("heap", text.toString(), "--class", "x")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.run("heap", folder.resolve("none.hprof").toString())).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.run("heap", after.toString(), "--with", text.toString())).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).doesNotContain("\tat ", "Exception");
  }

  @Test
  void formsOfTwoWordsAreCompletedAndExplained() {
    assertThat(terminal.run("help", "heap", "diff")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.run("heap", "redact", "--help")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("Usage: tare heap diff [OPTION…] BEFORE AFTER", "--keep-numbers");
    assertThat(terminal.run("completion", "bash")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("\"heap diff \"*) options=", "\"heap \"*) options=\"diff redact --object=");
  }
}
