package io.tare.report.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.heap.HeapReport;
import io.tare.report.Golden;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every page about a heap looks like. */
class HeapGoldenTest {
  private static final TextOptions PLAIN = TextOptions.plain(100);

  @ParameterizedTest
  @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = {"OPENMETRICS", "CSV"})
  void aSummaryWithItsProcessLooksAsTheGoldenFileSays(Format format) throws IOException {
    Golden.check("heap." + format.fileExtension(), HeapRenderers.render(SampleHeaps.report(), format, PLAIN));
  }

  @Test
  void allOfASummaryLooksAsTheGoldenFileSays() throws IOException {
    Golden.check("heap-all.txt", HeapRenderers.render(SampleHeaps.report(), Format.TEXT, PLAIN.withAll()));
  }

  @Test
  void whatIsNotKnownOfTheProcessIsNotShown() throws IOException {
    HeapReport alone = new HeapReport(SampleHeaps.summary(), Optional.empty(), Optional.empty());
    for (Format format : List.of(Format.TEXT, Format.JSON, Format.HTML)) {
      assertThat(HeapRenderers.render(alone, format, PLAIN)).contains("12").doesNotContain("4711", "the dump cost");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = {"OPENMETRICS", "CSV"})
  void growthLooksAsTheGoldenFileSays(Format format) throws IOException {
    Golden.check("heap-diff." + format.fileExtension(), HeapRenderers.render(SampleHeaps.diff(), format, PLAIN));
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "JSON"})
  void singleAnswersLookAsTheGoldenFilesSay(Format format) throws IOException {
    String ending = "." + format.fileExtension();
    Golden.check("heap-object" + ending, HeapAnswers.render(SampleHeaps.object(), format, PLAIN));
    Golden.check("heap-class" + ending, HeapAnswers.render(SampleHeaps.ofClass(), format, PLAIN));
    Golden.check("heap-select" + ending, HeapAnswers.render(SampleHeaps.rows(), format, PLAIN, false));
    Golden.check("heap-histogram" + ending, HeapAnswers.render(SampleHeaps.histogram(), format, PLAIN));
  }

  @ParameterizedTest
  @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = "OPENMETRICS")
  void whatCollectionsCostLooksAsTheGoldenFileSays(Format format) throws IOException {
    Golden.check("heap-collections." + format.fileExtension(),
        HeapAnswers.render(SampleHeaps.collections(), format, PLAIN));
  }

  @Test
  void whatCollectionsCostFitsAWideTerminalAndANarrowOne() throws IOException {
    Golden.check("heap-collections-80.txt",
        HeapAnswers.render(SampleHeaps.collections(), Format.TEXT, TextOptions.plain(80)));
    Golden.check("heap-collections-120.txt",
        HeapAnswers.render(SampleHeaps.collections(), Format.TEXT, TextOptions.plain(120).withAll()));
  }

  @Test
  void thePageOfASummaryEscapesWhatComesFromTheDump() {
    String page = HeapRenderers.render(SampleHeaps.report(), Format.HTML, PLAIN);
    assertThat(page).contains("&lt;script&gt;", "worker &lt;1&gt;").doesNotContain("<script>alert", "\u001b");
  }
}
