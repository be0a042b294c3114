import io.tare.history.live.RecordingFiles;
import io.tare.history.compare.Stories;
import io.tare.history.recording.Entry;
import io.tare.history.recording.EntryWriter;
import io.tare.history.recording.FrameScan.FileHead;
import io.tare.history.recording.Recording;
import io.tare.history.recording.Timelines;
import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** How long a day of ten processes, read every second and never thinned, takes to open: processor time, in a fresh JVM. */
public class Open {
  private static final int SECONDS = 24 * 3600;
  private static final int TARGETS = 10;
  private static final long START = 1_763_712_000_000L;

  public static void main(String[] words) throws Exception {
    Path file = Path.of(words[1]);
    if (words[0].equals("write")) {
      write(file, new Random(Long.parseLong(words[2])));
      return;
    }
    Recording recording = RecordingFiles.open(file);
    double opened = processorSeconds();
    long points = Timelines.of(recording).stream().flatMap(one -> one.series().stream())
        .mapToLong(series -> series.points().size()).sum();
    double timelines = processorSeconds();
    Stories.of(recording);
    double told = processorSeconds();
    Timelines.of(recording).forEach(one -> LeakJudge.judge(one, LeakOptions.USUAL));
    System.out.printf("%d MB, %d points: opened after %.2f s, timelines after %.2f s, told after %.2f s, judged after %.2f s of processor time%n",
        Files.size(file) >> 20, points, opened, timelines, told, processorSeconds());
  }

  private static double processorSeconds() {
    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  private static void write(Path file, Random random) throws Exception {
    EntryWriter writer = new EntryWriter();
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(FileHead.bytes());
      for (int target = 1; target <= TARGETS; target++) {
        writer.add(new Entry.Target(START, target,
            new RecordedProcess(4710 + target, target, "boot", "t" + target, "HotSpot JVM", OptionalLong.empty())));
      }
      for (int second = 0; second < SECONDS; second++) {
        for (int target = 1; target <= TARGETS; target++) {
          writer.add(new Entry.Sampled(target, sample(second, target, random)));
          if (second % 60 == 0) {
            writer.add(new Entry.Weighed(target, weighing(second, random)));
          }
        }
        out.write(writer.bytes(), 0, writer.size());
        writer.clear();
      }
    }
  }

  private static Sample sample(int second, int target, Random random) {
    long[] values = Sample.noValues();
    for (SampleColumn column : SampleColumn.values()) {
      values[column.index()] = (target * 100_000_000L + second * 1000L + random.nextInt(1 << 24)) & ~0xfffL;
    }
    if (second % 20 != 0) {
      values[SampleColumn.HEAP_FLOOR.index()] = Sample.UNKNOWN;
    }
    return Sample.of(START + second * 1000L, values);
  }

  private static Weighing weighing(int second, Random random) {
    Map<String, Long> accounts = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      accounts.put(i == 0 ? "malloc.used" : "account." + i, (long) random.nextInt(1 << 28));
    }
    return new Weighing(START + second * 1000L, WeighingReason.TURN, 1 << 30, OptionalLong.of(1 << 28), accounts, 4096,
        50_000);
  }
}
