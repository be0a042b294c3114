import io.tare.cases.faults.launch.InstalledJdks;
import io.tare.cases.faults.overtime.Story;
import io.tare.cases.faults.overtime.StoryTable;
import io.tare.formats.NotThisFormat;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Timelines;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Plays every story of the corpus over time, records each with a {@code tare record} of its own, judges the recordings, and prints
 * both error rates.
 *
 * <p>{@code bench/overtime/run [--minutes 10] [--together N] [--only NAME,…] [--jdk N] [--gc g1,serial,…|all] [--settle 1m]
 * [--half tuned|kept-apart] [--keep FOLDER] [--judge FOLDER] [--verbose]}. A star marks the programs that are kept apart: rules are never
 * tuned on them. Recordings that were kept can be judged again without being played. A false alarm is a leak told
 * of a healthy program, or charged to an account that does not leak; a miss is a leak that is not told. Exit code 1 if there is
 * either.
 */
public final class OverTime {
  private OverTime() {}

  public static void main(String[] words) throws IOException, InterruptedException, NotThisFormat {
    Options options = Options.parse(List.of(words));
    ErrorRates rates = new ErrorRates();
    System.out.println(Outcome.HEADING);
    if (options.judge().isPresent()) {
      judge(options.judge().get(), options, rates);
    } else if (options.keep().isPresent()) {
      Files.createDirectories(options.keep().get());
      play(options.keep().get().toAbsolutePath(), options, rates);
    } else {
      Path folder = Files.createTempDirectory("tare-overtime-");
      try {
        play(folder, options, rates);
      } finally {
        remove(folder);
      }
    }
    System.out.println(rates.text());
    System.exit(rates.isClean() ? 0 : 1);
  }

  private static void play(Path folder, Options options, ErrorRates rates)
      throws IOException, InterruptedException, NotThisFormat {
    for (Map.Entry<Integer, Path> jdk : InstalledJdks.javaByFeature().entrySet()) {
      if (options.jdk() == 0 || options.jdk() == jdk.getKey()) {
        for (String collector : options.collectors()) {
          play(jdk.getKey(), jdk.getValue(), collector, folder, options, rates);
        }
      }
    }
  }

  private static void play(int feature, Path java, String collector, Path folder, Options options, ErrorRates rates)
      throws IOException, InterruptedException, NotThisFormat {
    List<Story> stories = wanted(options);
    for (int from = 0; from < stories.size(); from += options.together()) {
      List<Story> group = stories.subList(from, Math.min(stories.size(), from + options.together()));
      List<Played> played = new ArrayList<>();
      try {
        for (Story story : group) {
          played.add(Played.start(story, feature, java, collector, folder, options));
        }
      } finally {
        for (Played one : played) {
          one.close();
        }
      }
      for (Story story : group) {
        judge(folder, feature, collector, story, options, rates);
      }
    }
  }

  private static List<Story> wanted(Options options) {
    return StoryTable.all().stream().filter(story -> Stream.of(options.only().split(",", -1)).anyMatch(story.name()::contains))
        .filter(story -> options.half().isEmpty() || story.heldOut() == options.half().equals("kept-apart")).toList();
  }

  /** All that were played into a folder. */
  private static void judge(Path folder, Options options, ErrorRates rates) throws IOException, NotThisFormat {
    for (int feature = 17; feature < 99; feature++) {
      for (String collector : Options.COLLECTORS.keySet()) {
        for (Story story : wanted(options)) {
          if (Files.exists(folder.resolve(Played.fileName(feature, collector, story)))) {
            judge(folder, feature, collector, story, options, rates);
          }
        }
      }
    }
  }

  private static void judge(Path folder, int feature, String collector, Story story, Options options, ErrorRates rates)
      throws IOException, NotThisFormat {
    RecordedTrack track = RecordingFiles.open(folder.resolve(Played.fileName(feature, collector, story))).tracks().getFirst();
    Outcome outcome = new Outcome(story, feature, collector, track.samples().size(), track.weighings().size(),
        LeakJudge.judge(Timelines.of(track), LeakOptions.USUAL));
    rates.add(outcome);
    System.out.println(outcome.row());
    if (options.verbose()) {
      System.out.print(outcome.details());
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
