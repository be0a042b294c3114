import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Servers that nobody here wrote, started in the roots given, put under some load and weighed beside their own metrics.
 *
 * <p>{@code java -cp cases/faults/target/classes bench/accuracy/Strangers.java ROOT…}. They listen on the loopback address or on nothing,
 * keep their files in a temporary folder and are ended by their process; {@code -Donly=etcd|Redis} starts these alone. Exit code 1 if a figure is off by more than 3 % and 1 MB, or more
 * than 0.5 % and 64 KB are unexplained.
 */
public final class Strangers {
  private static final long MOST_SECONDS_TO_END = 10;
  private final Tare tare = new Tare(System.getProperty("tare", "./tare"), false);
  private final Beside beside = new Beside();

  private Strangers() {
  }

  /** How a server is started, loaded and asked. */
  interface Server {
    /** Starts it in a root and returns it when it rests under its load. */
    Running start(Root root, Path folder) throws IOException, InterruptedException;
  }

  /**
   * A server that runs.
   *
   * @param started what has to be ended, in that order
   * @param pid of what is weighed
   * @param own least and most of each account, by its own figures, asked after the reading
   */
  record Running(List<Process> started, long pid, Asked own) {
    void end() throws InterruptedException {
      for (Process process : started) {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
        below.forEach(ProcessHandle::destroyForcibly);
      }
    }
  }

  /** What a server says of itself. */
  interface Asked {
    Map<String, long[]> figures() throws IOException, InterruptedException;
  }

  /** A name, what has to be there, and how it is started. */
  record Known(String name, String program, Server server) {
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Strangers strangers = new Strangers();
    System.out.println(Beside.HEADING);
    List<Known> all = new ArrayList<>(Servers.ALL);
    all.removeIf(known -> !known.name().matches(System.getProperty("only", ".*")));
    for (String root : arguments.length == 0 ? new String[]{"/"} : arguments) {
      for (Known known : all) {
        strangers.weigh(new Root(Path.of(root)), known);
      }
    }
    System.exit(strangers.beside.holds() ? 0 : 1);
  }

  private void weigh(Root root, Known known) throws IOException, InterruptedException {
    if (!root.has(known.program())) {
      System.err.println("left out: " + root.path() + " has no " + known.program());
      return;
    }
    Path folder = root.folder();
    try {
      Running running = known.server().start(root, folder);
      try {
        Beside.Weighed weighed = new Beside.Weighed(known.name(), root.cLibrary(), tare.weigh(running.pid()));
        Map<String, long[]> figures = running.own().figures();
        if (figures.isEmpty()) {
          beside.row(weighed);
        }
        figures.forEach((account, range) -> beside.row(weighed, account, range[0], range[1]));
      } finally {
        running.end();
      }
    } catch (IOException | IllegalArgumentException failed) {
      beside.failed(known.name(), root.cLibrary(), failed);
    } finally {
      Root.remove(folder);
    }
  }
}
