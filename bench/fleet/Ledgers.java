import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.Weighing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How evenly an agent has weighed: ledgers of each process that its recordings in a folder hold, and the longest time from one to the next. */
public class Ledgers {
  public static void main(String[] words) throws Exception {
    Map<Long, TreeSet<Long>> ledgers = new TreeMap<>();
    Map<Long, Long> readings = new TreeMap<>();
    List<Path> files;
    try (var all = Files.walk(Path.of(words[0]))) {
      files = all.filter(file -> file.toString().endsWith(".tarerec")).sorted().toList();
    }
    for (Path file : files) {
      for (RecordedTrack track : RecordingFiles.open(file).tracks()) {
        long pid = track.process().pid();
        readings.merge(pid, (long) track.samples().size(), Long::sum);
        TreeSet<Long> own = ledgers.computeIfAbsent(pid, any -> new TreeSet<>());
        track.weighings().stream().map(Weighing::epochMillis).forEach(own::add);
      }
    }
    long longest = 0;
    for (TreeSet<Long> own : ledgers.values()) {
      Long before = null;
      for (long at : own) {
        longest = before == null ? longest : Math.max(longest, at - before);
        before = at;
      }
    }
    var counts = ledgers.values().stream().mapToInt(TreeSet::size).summaryStatistics();
    System.out.printf("%d processes: %d to %d ledgers each, %d in all, at most %.0f s from one to the next; %.0f readings each%n", ledgers.size(), counts.getMin(), counts.getMax(), counts.getSum(),
        longest / 1e3, readings.values().stream().mapToLong(n -> n).average().orElse(0));
  }
}
