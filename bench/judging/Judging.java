import com.sun.management.OperatingSystemMXBean;
import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.Timeline;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Judges 24 hours of ten processes: twelve series a second, twenty-five a minute. Prints processor time, the first time and later. */
public final class Judging {
  private static final int TARGETS = 10;
  private static final int SECONDS = 86_400;
  private static final List<String> DENSE = List.of(SeriesNames.RSS, SeriesNames.RSS_ANON, SeriesNames.RSS_FILE,
      SeriesNames.RSS_SHARED, SeriesNames.SWAP, SeriesNames.CGROUP_USAGE, SeriesNames.CGROUP_FILE,
      SeriesNames.HEAP_USED, SeriesNames.THREADS, SeriesNames.CLASSES, SeriesNames.FILE_DESCRIPTORS,
      SeriesNames.HEAP_FLOOR);

  private Judging() {}

  public static void main(String[] words) {
    List<Timeline> lines = new ArrayList<>();
    for (int target = 0; target < TARGETS; target++) {
      lines.add(day(new Random(target)));
    }
    OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    for (int round = 0; round < 3; round++) {
      long start = process.getProcessCpuTime();
      List<LeakVerdict> verdicts = lines.stream().map(line -> LeakJudge.judge(line, LeakOptions.USUAL)).toList();
      System.out.printf("%d time lines of 24 h judged in %.2f s of processor time; %s%n", TARGETS,
          (process.getProcessCpuTime() - start) / 1e9, verdicts.getFirst().summary());
    }
  }

  private static Timeline day(Random random) {
    List<Series> series = new ArrayList<>();
    for (String id : DENSE) {
      boolean count = id.equals(SeriesNames.THREADS) || id.equals(SeriesNames.CLASSES)
          || id.equals(SeriesNames.FILE_DESCRIPTORS);
      series.add(series(id, count ? SeriesUnit.COUNT : SeriesUnit.BYTES, 1, random));
    }
    series.add(new Series(SeriesNames.GC_WHOLE_RUNS, SeriesUnit.COUNT_COUNTER, whole()));
    for (int account = 0; account < 25; account++) {
      series.add(series(account == 0 ? "malloc.used" : "account." + account, SeriesUnit.BYTES, 60, random));
    }
    return new Timeline("simulated", Instant.EPOCH, Instant.EPOCH.plusSeconds(SECONDS), series, List.of(),
        OptionalLong.empty(), Optional.empty());
  }

  private static Series series(String id, SeriesUnit unit, int every, Random random) {
    List<Point> points = new ArrayList<>(SECONDS / every);
    for (int second = 0; second < SECONDS; second += every) {
      points.add(new Point(Instant.EPOCH.plusSeconds(second), Math.rint(1e8 + 1e6 * random.nextGaussian())));
    }
    return new Series(id, unit, points);
  }

  private static List<Point> whole() {
    List<Point> points = new ArrayList<>();
    for (int second = 0; second < SECONDS; second++) {
      points.add(new Point(Instant.EPOCH.plusSeconds(second), second / 60));
    }
    return points;
  }
}
