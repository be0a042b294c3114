package io.tare.history.live;

import io.tare.capture.door.OwnFolder;
import io.tare.capture.door.OwnUser;
import io.tare.capture.proc.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which recordings of this user are being written now: a small file for each in a folder that is this user's alone, named by the recorder's
 * pid and start, for pids come again. So {@code tare mark} finds its recording without being told. Where somebody else holds that folder's
 * name, there is no such list.
 */
public final class RunningRecorders {
  private static final Pattern ENTRY = Pattern.compile("([0-9]{1,9})-[0-9]{1,19}");
  private static final int LONGEST_PATH = 4 << 10;

  private final Path folder;

  public RunningRecorders(Path folder) {
    this.folder = folder;
  }

  /** The folder of this user: in {@code XDG_RUNTIME_DIR} if that is ours alone, else among the temporary files under the user's number. */
  public static RunningRecorders ofThisUser(String runtimeFolder) throws IOException {
    if (isOursAlone(runtimeFolder)) {
      return new RunningRecorders(Path.of(runtimeFolder).resolve("tare"));
    }
    return new RunningRecorders(Path.of(System.getProperty("java.io.tmpdir", "/tmp")).resolve("tare-" + OwnUser.id()));
  }

  private static boolean isOursAlone(String runtimeFolder) {
    if (runtimeFolder.isEmpty() || !Files.isDirectory(Path.of(runtimeFolder), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (OwnFolder _ = OwnFolder.open(Path.of(runtimeFolder))) {
      return true;
    } catch (IOException ofOthers) {
      return false;
    }
  }

  /** What says that a recorder runs; closing it says that it has ended. */
  public record Listed(OwnFolder folder, String name) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try (folder) {
        folder.remove(name);
      }
    }
  }

  /** Says that this process writes that recording. Throws, with a sentence, when there is no folder of ours to say it in. */
  public Listed enter(Path recording) throws IOException {
    OwnFolder ours = OwnFolder.create(folder);
    String name = entry(ProcessHandle.current().pid())
        .orElseThrow(() -> new IOException("/proc does not tell when this process was started"));
    try {
      ours.write(name, recording.toAbsolutePath().toString());
      return new Listed(ours, name);
    } catch (IOException full) {
      ours.close();
      throw full;
    }
  }

  /** The recordings whose recorders are alive. */
  public List<Path> recordings() throws IOException {
    List<Path> found = new ArrayList<>();
    try (OwnFolder ours = OwnFolder.open(folder)) {
      for (String name : ours.names()) {
        Matcher entry = ENTRY.matcher(name);
        if (!entry.matches()) {
          continue;
        }
        if (entry(Long.parseLong(entry.group(1))).equals(Optional.of(name))) {
          ours.text(name, LONGEST_PATH).ifPresent(text -> add(text, found));
        } else {
          ours.remove(name);
        }
      }
    } catch (NoSuchFileException nobodyRecords) {
      return List.of();
    }
    return found;
  }

  /** The name of a process' entry; empty when there is no such process. */
  private static Optional<String> entry(long pid) {
    return new ProcessFolder(ProcessFolder.LIVE_ROOT, pid).identity().map(who -> pid + "-" + who.startTicks());
  }

  private static void add(String text, List<Path> found) {
    try {
      found.add(Path.of(text));
    } catch (InvalidPathException nonsense) {
      return;
    }
  }
}
