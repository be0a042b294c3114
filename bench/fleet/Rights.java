import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.Weighing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an agent's recordings in a folder tell of each program: how much of the last ledger has no owner. */
public class Rights {
  public static void main(String[] words) throws Exception {
    Map<String, String> told = new TreeMap<>();
    List<Path> files;
    try (var all = Files.walk(Path.of(words[0]))) {
      files = all.filter(file -> file.toString().endsWith(".tarerec")).sorted().toList();
    }
    for (Path file : files) {
      for (RecordedTrack track : RecordingFiles.open(file).tracks()) {
        String user = words.length > 1 && track.process().pid() == Long.parseLong(words[1]) ? "other's" : "root's";
        String last = track.weighings().isEmpty() ? "readings, no ledger" : said(track.weighings().getLast());
        told.merge(user, track.samples().size() == 0 ? "nothing" : last, (old, now) -> now.startsWith("unexplained") ? now : old);
      }
    }
    System.out.println(told.getOrDefault("root's", "nothing") + " | " + told.getOrDefault("other's", "nothing"));
  }

  private static String said(Weighing ledger) {
    return String.format("unexplained %.1f %%", 100.0 * ledger.unexplainedBytes() / ledger.grossBytes());
  }
}
