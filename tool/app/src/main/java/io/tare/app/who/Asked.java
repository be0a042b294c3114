package io.tare.app.who;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.Option;
import io.tare.app.cli.Spans;
import io.tare.app.cli.UsageException;
import io.tare.capture.CaptureException;
import io.tare.capture.attach.AttachRefused;
import io.tare.capture.attach.TargetProcess;
import io.tare.capture.dump.DumpFolder;
import io.tare.capture.dump.DumpPlace;
import io.tare.capture.dump.DumpPlaces;
import io.tare.capture.dump.DumpRefused;
import io.tare.capture.dump.FlightRecorder;
import io.tare.capture.dump.FlightRecorder.Flight;
import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.profile.ProfileFile;
import io.tare.formats.profile.jfr.JfrBytes;
import io.tare.model.profile.Profile;
import io.tare.report.look.Count;
import io.tare.report.look.Units;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A profile that a program is asked for: a JVM's flight recorder by {@code --ask}, an endpoint by its URL. */
final class Asked {
  static final List<Option> OPTIONS = List.of(
      Option.flag("--ask", "have a JVM record for a while who allocates what (JFR, JDK 11 and later)"),
      Option.value("--for", "TIME", "how long it records (default: 30s)"));
  private static final Duration USUAL = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final long NEEDS_BYTES = 256L << 20;
  private static final int MOST_BYTES = 64 << 20;
  private static final int PATIENCE_MILLIS = 60_000;

  private Asked() {}

  /** Has the JVM record; what that costs is said before and after. */
  static Parsed<Profile> recorded(long pid, Arguments arguments, Console console)
      throws UsageException, IOException, CaptureException {
    if (arguments.has("--proc")) {
      throw new UsageException("--ask speaks to a process of this /proc; leave out --proc");
    }
    Duration time = Spans.of(arguments, "--for", USUAL);
    if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0) {
      throw new UsageException("--for is between 1s and 1h");
    }
    ProcessFolder folder = new ProcessFolder(ProcessFolder.LIVE_ROOT, pid);
    TargetProcess target = new TargetProcess(folder, folder.identity().orElseThrow(
        () -> new CaptureException(CaptureException.Reason.GONE, "process " + pid + " has ended")).startTicks());
    try {
      DumpPlace place = DumpPlaces.choose(target, new DumpPlaces.Wish(Optional.empty(), Optional.empty(), NEEDS_BYTES));
      console.err().println("asking " + pid + " to record for " + time.toSeconds() + " s by its flight recorder: it"
          + " loads the recorder's classes the first time, which stay in it with its buffers, and leaves a folder of the"
          + " recorder's in its temporary folder until it ends");
      try (DumpFolder inside = DumpFolder.in(place, target, warning -> console.err().println("tare: " + warning))) {
        Flight flight = FlightRecorder.take(target, inside, time);
        console.err().println("recorded " + Units.BINARY.format(flight.fileBytes()) + "; starting took "
            + Count.millis(flight.startMillis()) + ", and the process's RSS changed by "
            + Units.BINARY.formatSigned(flight.grownBytes()));
        try (FileChannel recording = FileChannel.open(inside.file())) {
          return JfrBytes.parse("the recording", Profiles.partsOf(recording), ParseLimits.DEFAULT,
              Profiles.tags(arguments));
        }
      }
    } catch (AttachRefused | DumpRefused refused) {
      throw new CaptureException(CaptureException.Reason.DENIED, refused.getMessage()
          + ". --ask is for JVMs; of a Go program name its endpoint: tare who http://HOST:PORT/debug/pprof/heap");
    } catch (NotThisFormat empty) {
      throw new CaptureException(CaptureException.Reason.DENIED, String.valueOf(empty.getMessage()));
    }
  }

  static String subject(long pid) {
    return new ProcessFolder(ProcessFolder.LIVE_ROOT, pid).identity().map(process -> process.name() + ", ").orElse("")
        + "pid " + pid;
  }

  static boolean isUrl(String word) {
    return word.startsWith("http://") || word.startsWith("https://");
  }

  /** Asks the endpoint that was named, and no other: where it leads elsewhere is not followed. */
  static Parsed<Profile> fetched(String url, Predicate<String> tags) throws UsageException, IOException {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      connection.setInstanceFollowRedirects(false);
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new UsageException(url + " answers " + connection.getResponseCode() + ", and no profile");
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] content = in.readNBytes(MOST_BYTES);
        if (in.read() >= 0) {
          throw new UsageException(url + " answers more than " + (MOST_BYTES >> 20) + " MB");
        }
        return ProfileFile.parse(url, content, ParseLimits.DEFAULT, tags);
      }
    } catch (IllegalArgumentException broken) {
      throw new UsageException(url + " is no URL such as http://127.0.0.1:6060/debug/pprof/heap");
    } catch (NotThisFormat other) {
      throw new UsageException(other.getMessage() + "; a profile is wanted: " + ProfileFile.FORMS);
    }
  }
}
