package io.tare.app.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.capture.file.CaptureReader;
import io.tare.capture.file.CaptureWriter;
import io.tare.ledger.Explanation;
import io.tare.model.capture.Capture;
import io.tare.model.report.Report;
import io.tare.report.Renderers;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture that is reopened gives the report that the live reading gave, byte for byte, in every format. */
class SameAnswerTest {
  @TempDir
  private Path folder;

  @Test
  void aReopenedCaptureGivesTheSameReport() throws Exception {
    Capture live = new Capturer().capture(ProcessHandle.current().pid(), CaptureOptions.PASSIVE, Progress.NONE);
    Path file = folder.resolve("self.tare");
    CaptureWriter.save(live, file);
    Report before = Explanation.explain(live);
    Report after = Explanation.explain(CaptureReader.open(file));
    TextOptions everything = TextOptions.plain(120).withAll().withThreads();
    for (Format format : List.of(Format.TEXT, Format.JSON, Format.HTML, Format.OPENMETRICS)) {
      assertThat(Renderers.render(after, format, everything)).as(format.name())
          .isEqualTo(Renderers.render(before, format, everything));
    }
  }
}
