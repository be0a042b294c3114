package io.tare.ledger.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.report.Remedy;
import io.tare.model.report.Remedy.Tried;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What stands behind a remedy's figure is the runs that the documentation lists, all of them, and no others. */
class TriedRemediesTest {
  private static final String RUNS = "### The runs with the formulas as they are";

  /** {@code | program | remedy | as printed | said | got | got / said |}. */
  private record Run(String program, String remedy, double share) {
    static Run of(String row) {
      List<String> cells = List.of(row.split("\\s*\\|\\s*", -1));
      return new Run(cells.get(1), cells.get(2), Double.parseDouble(cells.get(6)));
    }
  }

  private static List<Run> runs() throws IOException {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/remedies.md"))) {
      at = at.getParent();
    }
    return Files.readAllLines(at.resolve("docs/remedies.md")).stream().dropWhile(line -> !line.equals(RUNS)).skip(3)
        .takeWhile(line -> line.startsWith("|")).map(Run::of).toList();
  }

  private static Tried tried(List<Run> runs) {
    DoubleSummaryStatistics shares = runs.stream().mapToDouble(Run::share).summaryStatistics();
    long within = runs.stream().filter(run -> run.share() >= 0.8 && run.share() <= 1.25).count();
    return new Tried(runs.size(), (int) within, shares.getMin(), shares.getMax());
  }

  @Test
  void eachCountsItsRunsWithTheFormulasAsTheyAre() throws IOException {
    List<Run> runs = runs();
    assertThat(tried(runs)).as("all held out").isEqualTo(new Tried(91, 90, 0.77, 1.20));
    Map<String, Tried> documented = runs.stream().collect(
        Collectors.groupingBy(Run::remedy, TreeMap::new, Collectors.collectingAndThen(Collectors.toList(),
            TriedRemediesTest::tried)));
    assertThat(documented).containsOnlyKeys("go.free", "go.limit", "heap.collect", "heap.minimum", "heap.periodic",
        "heap.pretouch", "malloc.trim", "malloc.trim-call", "malloc.trim-interval", "python.process");
    assertThat(documented).allSatisfy((id, expected) -> assertThat(
        TriedRemedies.told(Remedy.returning(id, 1 << 20, "Do it", "--it", "nothing")).tried()).hasValue(expected));
  }

  @Test
  void whereNoneWasAppliedNothingStandsBehindTheFigure() {
    assertThat(TriedRemedies.told(Remedy.returning("mapped.drop", 1 << 20, "Do it", "--it", "nothing")).tried())
        .isEmpty();
  }
}
