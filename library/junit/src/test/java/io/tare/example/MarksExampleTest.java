package io.tare.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.marks.Mark;
import io.tare.probe.marks.Marks;
import io.tare.probe.marks.MarksFile;
import io.tare.probe.marks.MarksReading;
import io.tare.probe.metric.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarksExampleTest {
  @Test
  void marks() throws IOException {
    List<List<String>> batches = List.of(List.of("a", "b"), List.of("c"));
    // [marks]
    long items = 0;
    Marks.at("START");
    for (List<String> batch : batches) {
      items += batch.size();
      Marks.at("AFTER_BATCH", items);
    }
    Marks.tick("DONE", items); // time and items only, well under a microsecond
    // [end]
    // [reader]
    Path file = Marks.file().orElseThrow(); // another process finds it as taremarks_USER/PID
    MarksReading reading = MarksFile.read(file);
    for (Mark mark : reading.marks()) {
      System.out.println(mark.at() + " " + mark.label() + " " + mark.stat(Metric.HEAP_USED));
    }
    // [end]
    List<Mark> marks = reading.marks().subList(reading.marks().size() - 4, reading.marks().size());
    assertThat(marks).extracting(Mark::label).containsExactly("START", "AFTER_BATCH", "AFTER_BATCH", "DONE");
    assertThat(marks.get(3).items()).hasValue(3);
  }
}
