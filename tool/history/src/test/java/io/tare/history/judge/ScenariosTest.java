package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of three processes of each kind, to the last digit that is shown; {@code -Dgolden.update} writes it anew. */
class ScenariosTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/verdicts.txt");

  @Test
  void theVerdictsOfSimulatedProcessesStayAsTheyAre() throws IOException {
    String said = Arrays.stream(Scenario.values())
        .flatMap(scenario -> IntStream.rangeClosed(1, 3).mapToObj(seed -> said(scenario, seed)))
        .collect(Collectors.joining("\n"));
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, said);
    }
    assertThat(said).isEqualTo(Files.readString(GOLDEN));
  }

  private static String said(Scenario scenario, int seed) {
    LeakVerdict verdict = LeakJudge.judge(scenario.timeline(seed), LeakOptions.USUAL);
    StringBuilder text = new StringBuilder("## " + scenario + " " + seed + "\n" + verdict.answer() + ": "
        + verdict.summary() + "\n");
    verdict.needs().ifPresent(needs -> text.append("needs ").append(needs).append('\n'));
    verdict.notes().forEach(note -> text.append(note).append('\n'));
    verdict.courses().forEach(course -> text.append(said(course)).append('\n'));
    return text.toString();
  }

  private static String said(SeriesVerdict course) {
    return String.format(Locale.ROOT, "%s %s %s %.5g → %.5g from %s, %s an hour, needs %s: %s", course.id(),
        course.charge(), course.direction(), course.first(), course.last(), course.from(), said(course.perHour()),
        course.needs().map(Duration::toString).orElse("nothing"), course.words());
  }

  private static String said(Optional<Rate> rate) {
    return rate
        .map(known -> String.format(Locale.ROOT, "%.5g (%.5g to %.5g)", known.estimate(), known.low(), known.high()))
        .orElse("unknown");
  }
}
