package io.tare.report.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.HeapReport;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.ObjectLine;
import io.tare.model.heap.PathNode;
import io.tare.model.heap.SelectAnswer;
import io.tare.report.look.Columns;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single answers from a heap dump and growth between two, in every form. */
class HeapAnswersTest {
  private static List<String> all(Format format, TextOptions options) {
    return List.of(HeapAnswers.render(SampleHeaps.object(), format, options),
        HeapAnswers.render(SampleHeaps.ofClass(), format, options),
        HeapAnswers.render(SampleHeaps.rows(), format, options, false),
        HeapRenderers.render(SampleHeaps.diff(), format, options),
        HeapAnswers.render(SampleHeaps.collections(), format, options));
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
  void garbageIsCalledGarbageAndAnArrayHasElements() {
    HeapObject garbage = new HeapObject(new ObjectLine(0x7f10, "long[]", "", 48, 0), false, List.of(), 3, List.of(), 0,
        List.of(), List.of(), List.of(), Optional.empty());
    assertThat(HeapAnswers.render(garbage, Format.TEXT, TextOptions.plain(100)))
        .contains("No root reaches it: it is garbage", "Elements", "and 3 elements more", "  nothing")
        .doesNotContain("retained", "Holds alone");
  }

  @Test
  void aClassSaysWhatItRetainsAndWhatIsLeftOut() {
    HeapClassAnswer one = SampleHeaps.ofClass();
    PathNode node = new PathNode("table", "Node[]", "", 12_000, List.of(), 3);
    HeapClassAnswer answer = new HeapClassAnswer("app.*", SampleHeaps.summary().byClass(), one.classObjects(),
        one.reached(), one.unreachable(), OptionalLong.of(5 << 20), one.biggest(), List.of(node), 1);
    assertThat(HeapAnswers.render(answer, Format.TEXT, TextOptions.plain(100)))
        .contains("retained     5.00 MB  what would be free without all of them", "\n" + " ".repeat(36) + "2 more\n");
    assertThat(HeapAnswers.render(answer, Format.JSON, TextOptions.plain(100))).contains("\"childrenLeftOut\": 3}");
  }

  @Test
  void withoutGrowthThatIsSaid() {
    HeapDiff diff = SampleHeaps.diff();
    HeapDiff quiet = new HeapDiff(diff.before(), diff.after(), diff.objects(), diff.shallowBytes(), List.of(),
        List.of(), List.of(), List.of());
    assertThat(HeapRenderers.render(quiet, Format.TEXT, TextOptions.plain(100)))
        .contains("No place grew by a hundredth of the heap or more.");
  }

  @Test
  void aPageOfThousandsOfClassesEndsWithAHint() {
    HeapReport large = new HeapReport(SampleHeaps.summary(407), Optional.empty(), Optional.empty());
    assertThat(HeapRenderers.render(large, Format.HTML, TextOptions.plain(100)))
        .contains("app.Class400<", ">7 more lines are in the JSON form.").doesNotContain("app.Class401<");
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
    assertThat(texts.get(3)).contains("+4.00 MB", "+400 × app.Entry (1 → 401)", "  new  ", "−8,997",
        "Classes that shrank");
  }

  @Test
  void columnsThatGoIntoAFileKeepTheirText() {
    String text = "x".repeat(500);
    SelectAnswer wide = new SelectAnswer("SELECT …", List.of("a", "b"),
        List.of(List.of(new HeapValue.Text(text), new HeapValue.Text(text))), 1, List.of());
    assertThat(HeapAnswers.render(wide, Format.TEXT, TextOptions.plain(80), true).lines().skip(1).findFirst())
        .contains(text + "  " + text);
    assertThat(HeapAnswers.render(wide, Format.TEXT, TextOptions.plain(80), false)).doesNotContain(text);
  }

  @Test
  void csvQuotesWhatNeedsItAndNothingIsComputedByASpreadsheet() {
    SelectAnswer answer = new SelectAnswer("SELECT …", List.of("a", "b, \"c\""),
        List.of(List.of(new HeapValue.Text("1,2\n\"3\""), new HeapValue.Reference(0x7f10, "app.Node", "label")),
            List.of(new HeapValue.Text("=cmd()"), HeapValue.NOTHING),
            List.of(new HeapValue.Text(""), new HeapValue.Whole(-7)),
            List.of(new HeapValue.Many(List.of(new HeapValue.Whole(1), new HeapValue.Whole(2)), 3),
                new HeapValue.Text("\u001b[31mred"))),
        4, List.of());
    assertThat(HeapAnswers.render(answer, Format.CSV, TextOptions.plain(80), true)).isEqualTo("""
        a,"b, ""c\"""\r
        "1,2
        ""3\""",0x7f10\r
        '=cmd(),\r
        "",-7\r
        1 2 …,\\e[31mred\r
        """);
    assertThat(HeapAnswers.render(new HeapHistogram(List.of(new HistogramLine("byte[]", 3, 72, OptionalLong.empty())),
        List.of()), Format.CSV, TextOptions.plain(80))).isEqualTo("class,objects,shallowBytes\r\nbyte[],3,72\r\n");
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
    String page = HeapRenderers.render(SampleHeaps.diff(), Format.HTML, TextOptions.plain(100));
    assertThat(page).contains("&lt;script&gt;", "static field app.Cache.MAP");
    assertThat(page.split("<script", -1)).as("before, in and after the page's own script").hasSize(2);
  }
}
