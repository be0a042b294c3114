package io.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tare.app.JsonForms.Form;
import io.tare.app.cli.ExitCode;
import io.tare.formats.NotThisFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/schema} says what {@code --format json} writes, all of it, and what was once promised stays. Schemas let members through that they don't
 * know, so that a reader's check outlives a release; here such a member fails, so that no schema is forgotten.
 */
class JsonSchemasTest {
  private static final Path SCHEMAS = Path.of("../../docs/schema");
  private static final Path PROMISED = SCHEMAS.resolve("promised.txt");
  private static final Path CAPTURES = Path.of("../ledger/src/test/resources/captures");
  private static final Path GOLDEN = Path.of("../report/src/test/resources/golden");
  private static final String SELF = Long.toString(ProcessHandle.current().pid());

  private final Terminal terminal = new Terminal();

  @Test
  void everyFormHasItsSchemaAndEverySchemaAForm() throws IOException {
    assertThat(files(SCHEMAS, ".schema.json").stream().map(file -> file.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(JsonForms.ALL.stream().map(Form::file).toList());
  }

  @Test
  void helpNamesEveryForm() {
    assertThat(terminal.run("help", "json")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains(JsonForms.ALL.stream().map(Form::schema).toList());
  }

  /** The verdict alone is a part of other forms, and no command writes it; what collectors take is their form. */
  static Stream<Path> golden() throws IOException {
    return files(GOLDEN, ".json").stream()
        .filter(file -> !file.endsWith("over-time-leak.json") && !file.endsWith("watch-otlp.json"));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void whatRenderersWriteIsWhatItsSchemaSays(Path file) throws Exception {
    assertFits(Files.readString(file));
  }

  static Stream<Path> captures() throws IOException {
    return files(CAPTURES, ".tare").stream();
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("captures")
  void ledgersAreWhatTheirSchemaSays(Path capture) throws Exception {
    assertThat(terminal.run(capture.toString(), "--format", "json", "--all", "--threads")).isLessThan(4);
    assertFits(terminal.out());
  }

  @Tag("slow")
  @Test
  void processesComparisonsAndBudgetsAreWhatTheirSchemasSay() throws Exception {
    for (List<String> words : List.of(List.of("ps"), List.of(SELF), List.of(SELF, "--input", "100MB"),
        List.of("checklist", SELF),
        List.of("check", SELF, "--max", "rss=1GB"),
        List.of("diff", CAPTURES.resolve("native-glibc.tare").toString(), SELF))) {
      assertWrittenFits(words);
    }
  }

  @Tag("slow")
  @Test
  void storiesAndHeapsAreWhatTheirSchemasSay(@TempDir Path folder) throws Exception {
    String recording = folder.resolve("self.tarerec").toString();
    assertThat(new Terminal().run("record", SELF, "-o", recording, "--for", "3s", "--ledger-every", "1s"))
        .isEqualTo(ExitCode.FINE);
    String dump = folder.resolve("self.hprof").toString();
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump, true);
    for (List<String> words : List.of(List.of(recording), List.of("diff", recording, recording), List.of("heap", dump),
        List.of("heap", dump, "--histogram"), List.of("heap", dump, "--collections"),
        List.of("heap", dump, "--class", "java.lang.Thread"),
        List.of("heap", dump, "--select", "SELECT * FROM java.lang.Thread t"), List.of("heap", "diff", dump, dump))) {
      assertWrittenFits(words);
    }
  }

  private static void assertWrittenFits(List<String> words) throws Exception {
    Terminal terminal = new Terminal();
    assertThat(terminal.run(Stream.concat(words.stream(), Stream.of("--format", "json")).toArray(String[]::new)))
        .as(words + terminal.err()).isLessThan(2);
    assertFits(terminal.out());
  }

  private static void assertFits(String json) throws Exception {
    Map<?, ?> written = (Map<?, ?>) JsonSchema.parse(json);
    Form form = JsonForms.ALL.stream().filter(one -> one.schema().equals(written.get("schema"))).findFirst()
        .orElseThrow();
    assertThat(schema(form).problems(written))
        .as("what is new goes into docs/schema/%s, and then -Dgolden.update promises it", form.file()).isEmpty();
  }

  /** Within a number nothing is removed, renamed or given another type; what was always there stays always there. */
  @Test
  void whatWasPromisedIsKept() throws Exception {
    Set<String> today = new TreeSet<>();
    for (Form form : JsonForms.ALL) {
      schema(form).members().forEach((place, kind) -> today.add(form.schema() + " " + place + " " + kind));
    }
    Set<String> promised = new TreeSet<>(Files.exists(PROMISED) ? Files.readAllLines(PROMISED) : List.of());
    Set<String> gone = new TreeSet<>(promised);
    gone.removeAll(today);
    assertThat(gone).as("was promised, and is no longer so: it needs a new number, such as tare.ledger/2").isEmpty();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PROMISED, today.stream().map(line -> line + "\n").collect(Collectors.joining()));
    } else {
      today.removeAll(promised);
      assertThat(today).as("is new: -Dgolden.update promises it").isEmpty();
    }
  }

  @Test
  void theCheckSeesWhatIsMissingStrangeOrOfAnotherType() throws NotThisFormat {
    JsonSchema schema = JsonSchema
        .of("""
            {"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"array","items":{"$ref":"#/$defs/c"}}},"required":["a"],
            "$defs":{"c":{"type":"object","properties":{"d":{"const":"e"}}}}}""");
    assertThat(schema.problems(JsonSchema.parse("{\"a\":1,\"b\":[{\"d\":\"e\"}]}"))).isEmpty();
    assertThat(schema.problems(JsonSchema.parse("{\"a\":1.5,\"x\":0,\"b\":[{\"d\":\"f\"}]}")))
        .containsExactlyInAnyOrder(
            ".a is of type number, not [integer]", " has a member that the schema doesn't know: x", ".b[].d is not e");
    assertThat(schema.problems(JsonSchema.parse("{}"))).containsExactly(" has no member a");
  }

  private static JsonSchema schema(Form form) throws IOException, NotThisFormat {
    return JsonSchema.of(Files.readString(SCHEMAS.resolve(form.file())));
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
