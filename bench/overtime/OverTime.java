import io.tare.cases.faults.launch.InstalledJdks;
import io.tare.cases.faults.overtime.Story;
import io.tare.cases.faults.overtime.StoryTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Plays every story of the corpus over time, samples it passively, judges what was seen, and prints both error rates.
 *
 * <p>{@code bench/overtime/run [--minutes 10] [--every SECONDS] [--together N] [--only NAME] [--jdk N]}. A false alarm is a leak
 * told of a healthy program, or charged to an account that does not leak; a miss is a leak that is not told. Exit code 1 if there
 * is either.
 */
public final class OverTime {
  private OverTime() {}

  public static void main(String[] words) throws IOException, InterruptedException {
    Options options = Options.parse(List.of(words));
    Path directory = Files.createTempDirectory("tare-overtime-");
    ErrorRates rates = new ErrorRates();
    System.out.println(Outcome.HEADING);
    try {
      for (Map.Entry<Integer, Path> jdk : InstalledJdks.javaByFeature().entrySet()) {
        if (options.jdk() == 0 || options.jdk() == jdk.getKey()) {
          play(jdk.getKey(), jdk.getValue(), directory, options, rates);
        }
      }
    } finally {
      remove(directory);
    }
    System.out.println(rates.text());
    System.exit(rates.isClean() ? 0 : 1);
  }

  private static void play(int feature, Path java, Path directory, Options options, ErrorRates rates)
      throws IOException, InterruptedException {
    List<Story> stories = StoryTable.all().stream()
        .filter(story -> options.only().isEmpty() || story.name().contains(options.only())).toList();
    for (int from = 0; from < stories.size(); from += options.together()) {
      List<Story> group = stories.subList(from, Math.min(stories.size(), from + options.together()));
      List<Watched> watched = new ArrayList<>();
      for (Story story : group) {
        watched.add(Watched.start(story, java, directory, options));
      }
      Watched.sampleAll(watched, options);
      for (Watched one : watched) {
        Outcome outcome = one.judge(feature, options);
        rates.add(outcome);
        System.out.println(outcome.row());
        if (options.verbose()) {
          System.out.print(outcome.details());
        }
      }
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> left = Files.list(directory)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
