package io.tare.app.time;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.UsageException;
import io.tare.capture.CaptureException;
import io.tare.capture.glance.Glances;
import io.tare.capture.glance.ProcessGlance;
import io.tare.history.live.Recorder;
import io.tare.model.history.RecordedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * All processes whose name fits, now and later: those that start are added, so that a service that restarts goes on being watched.
 */
final class WatchedProcesses {
  private static final int MOST = 64;
  private static final long LOOK_EVERY_MILLIS = 5_000;

  private final Pattern names;
  private final Recorder recorder;
  private final Console console;
  private final Set<Long> known = new HashSet<>();
  private long lookAtMillis;
  private boolean isFull;

  private WatchedProcesses(Pattern names, Recorder recorder, Console console) {
    this.names = names;
    this.recorder = recorder;
    this.console = console;
  }

  static WatchedProcesses of(Arguments arguments, Recorder recorder, Console console) throws UsageException {
    String regex = arguments.value("--match").orElse("");
    try {
      return new WatchedProcesses(Pattern.compile(regex), recorder, console);
    } catch (PatternSyntaxException broken) {
      throw new UsageException("--match '" + regex + "' is no regular expression: " + broken.getDescription());
    }
  }

  /** Adds those that are new, if it is time to look. */
  void look() {
    long now = System.nanoTime() / 1_000_000;
    if (lookAtMillis != 0 && now < lookAtMillis) {
      return;
    }
    lookAtMillis = now + LOOK_EVERY_MILLIS;
    List<ProcessGlance> fitting = Glances.glance(Path.of("/proc")).stream()
        .filter(glance -> glance.pid() != ProcessHandle.current().pid()).filter(this::fits).toList();
    known.retainAll(fitting.stream().map(ProcessGlance::pid).toList());
    fitting.stream().filter(glance -> !known.contains(glance.pid())).forEach(this::add);
  }

  private boolean fits(ProcessGlance glance) {
    return names.matcher(glance.label()).find() || names.matcher(glance.name()).find();
  }

  private void add(ProcessGlance glance) {
    if (known.size() >= MOST) {
      if (!isFull) {
        isFull = true;
        console.err()
            .println("tare: " + MOST + " processes are watched; further ones are left out: --match fits too many");
      }
      return;
    }
    try {
      RecordedProcess process = Recorder.identify(glance.pid());
      recorder.add(process);
      known.add(glance.pid());
      console.err().println("tare: " + process.words() + " is watched");
    } catch (CaptureException | IOException gone) {
      // It has ended meanwhile, or can't be read: it is looked at again next time, if it is still there.
      known.remove(glance.pid());
    }
  }
}
