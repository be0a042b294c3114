package io.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tare.model.heap.ClassGrowth;
import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.DumpFacts;
import io.tare.model.heap.Growth;
import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HeapField;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.HistogramLine;
import io.tare.model.heap.HolderGrowth;
import io.tare.model.heap.ObjectLine;
import io.tare.model.heap.ObjectTotals;
import io.tare.model.heap.PathNode;
import io.tare.model.heap.PathStep;
import io.tare.model.heap.Referrer;
import io.tare.model.heap.SelectAnswer;
import io.tare.model.heap.SuspectGrowth;
import io.tare.report.heap.HeapAnswers;
import io.tare.report.heap.HeapRenderers;
import io.tare.report.look.Columns;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single answers from a heap dump and growth between two, in every form. */
class HeapAnswersTest {
  private static final String HOSTILE = "\"\u001b[31mred <script>alert(1)</script> " + "long ".repeat(40) + "\"";
  private static final ObjectLine MAP = new ObjectLine(0x7f10, "java.util.HashMap", HOSTILE, 48, 5 << 20);
  private static final PathStep STEP = new PathStep("static CACHE", 0x7f00, "java.lang.Class", "app.Cache");

  private static HeapObject object() {
    HeapField size = new HeapField("size", "java.util.HashMap", "int", new HeapValue.Whole(7));
    HeapField table = new HeapField("table", "java.util.HashMap", "reference",
        new HeapValue.Reference(0x7f20, "java.util.HashMap$Node[]", "length 16"));
    HeapField none = new HeapField("keySet", "java.util.AbstractMap", "reference", HeapValue.NOTHING);
    return new HeapObject(MAP, true, List.of(size, table, none), 0,
        List.of(new Referrer(0x7f00, "java.lang.Class", HOSTILE, "static CACHE", false)), 3, List.of(STEP),
        List.of(MAP), List.of(new DominatorNode(0, "app.Entry", "", 1200, 99, 5 << 20, List.of())));
  }

  private static HeapClassAnswer ofClass() {
    PathNode leaf = new PathNode("table", "java.util.HashMap$Node[]", "", 12_000, List.of(), 0);
    return new HeapClassAnswer("app.*",
        List.of(new HistogramLine("app.Entry", 12_000, 400_000, OptionalLong.of(900_000)),
            new HistogramLine(HOSTILE, 1, 16, OptionalLong.empty())),
        List.of(MAP), new ObjectTotals(12_001, 400_016), new ObjectTotals(3, 96), OptionalLong.empty(), List.of(MAP),
        List.of(new PathNode("static CACHE", "java.lang.Class", HOSTILE, 12_000, List.of(leaf), 0)), 1);
  }

  private static SelectAnswer rows() {
    return new SelectAnswer("SELECT …", List.of("s", "s", "bytes"),
        List.of(List.of(new HeapValue.Reference(0x7f10, "java.lang.String", HOSTILE), new HeapValue.Text(HOSTILE),
            new HeapValue.Whole(12)),
            List.of(HeapValue.NOTHING, new HeapValue.Decimal(Double.NaN), new HeapValue.Flag(true))),
        2_000, List.of("a note"));
  }

  private static HeapDiff diff() {
    DumpFacts facts = new DumpFacts("1.0.2", 8, Instant.EPOCH, 1 << 20, false, "usual", 100, 20);
    Growth bytes = new Growth(1 << 20, 5 << 20);
    return new HeapDiff(facts, facts, new Growth(100, 500), bytes,
        List.of(new ClassGrowth("app.Entry", new Growth(1, 401), bytes, Optional.of(bytes)),
            new ClassGrowth(HOSTILE, new Growth(9_000, 3), new Growth(90, 1), Optional.empty())),
        List.of(new HolderGrowth(List.of("java.lang.Class app.Cache"), "static field app.Cache.MAP → table",
            "app.Entry", new Growth(1, 401), bytes)),
        List.of(new SuspectGrowth(HOSTILE, "app.Entry", new Growth(0, 401), new Growth(0, 5 << 20))),
        List.of("a note"));
  }

  private static List<String> all(Format format, TextOptions options) {
    return List.of(HeapAnswers.render(object(), format, options), HeapAnswers.render(ofClass(), format, options),
        HeapAnswers.render(rows(), format, options), HeapRenderers.render(diff(), format, options));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 132})
  void noLineRunsOverTheEdgeAndNoTerminalObeys(int width) {
    for (String text : all(Format.TEXT, TextOptions.plain(width))) {
      assertThat(text).doesNotContain("\u001b");
      assertThat(text.lines()).allSatisfy(line -> assertThat(Columns.of(line)).as(line).isLessThanOrEqualTo(width));
    }
  }

  @Test
  void asciiIsAsciiOnly() {
    for (String text : all(Format.TEXT, TextOptions.plain(80).inAscii())) {
      assertThat(text.chars()).as(text).allMatch(c -> c < 0x7f);
    }
  }

  @Test
  void whatCountsIsSaid() {
    List<String> texts = all(Format.TEXT, TextOptions.plain(100));
    assertThat(texts.get(0)).contains("size    7 (int)", "keySet  null", "1,200 × app.Entry", "and 3 referrers more",
        "(garbage)", "static CACHE");
    assertThat(texts.get(1)).contains("12,001 objects", "100.0 %", "by other ways");
    assertThat(texts.get(2)).contains("2,000 rows, of which 2 are listed", "a note");
    assertThat(texts.get(3)).contains("+4.00 MB", "+400 × app.Entry (1 → 401)", "(new)", "−8,997",
        "Classes that shrank");
  }

  @Test
  void jsonHasItsSchemaAndDifferentNamesForEqualColumns() throws Exception {
    List<String> texts = all(Format.JSON, TextOptions.plain(100));
    for (String text : texts) {
      assertThat(new ObjectMapper().readTree(text).path("schema").asText()).startsWith("tare.heap-");
    }
    assertThat(texts.get(0)).contains("\"schema\": \"tare.heap-object/1\"", "\"value\": null",
        "\"address\": \"0x7f10\"");
    assertThat(texts.get(1)).contains("\"schema\": \"tare.heap-class/1\"");
    assertThat(texts.get(2)).contains("\"s (2)\": null", "\"bytes\": true", "\"rowsLeftOut\": 1998");
    assertThat(texts.get(3)).contains("\"schema\": \"tare.heap-diff/1\"", "{\"before\": 1, \"after\": 401}");
    assertThat(texts).allSatisfy(text -> assertThat(text).doesNotContain("\u001b"));
  }

  @Test
  void thePageOfGrowthEscapesWhatComesFromTheDump() {
    String page = HeapRenderers.render(diff(), Format.HTML, TextOptions.plain(100));
    assertThat(page).contains("&lt;script&gt;", "static field app.Cache.MAP").doesNotContain("<script");
  }
}
