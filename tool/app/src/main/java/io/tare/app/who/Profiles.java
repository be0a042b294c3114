package io.tare.app.who;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.StepLine;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand;
import io.tare.app.operand.Operand.Kind;
import io.tare.app.operand.ProcessChoice;
import io.tare.capture.CaptureException;
import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.MemoryWalk;
import io.tare.capture.file.CaptureFileException;
import io.tare.capture.file.CaptureReader;
import io.tare.capture.memory.hotspot.census.HeapCensus;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.memory.AllocationsText;
import io.tare.formats.memory.TypeCensusText;
import io.tare.formats.profile.ProfileFile;
import io.tare.formats.profile.jfr.JfrBytes;
import io.tare.formats.profile.jfr.JfrSource;
import io.tare.ledger.evidence.Refusals;
import io.tare.model.Problem;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.profile.Allocations;
import io.tare.model.profile.Profile;
import io.tare.model.profile.TypeCensus;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A profile, of a process, of a capture or from a file. */
final class Profiles {
  private static final int MOST_BYTES = 512 << 20;

  private Profiles() {}

  private static final Allocations NOBODYS = new Allocations(Optional.empty(), List.of());

  /**
   * What is known of whose the memory is: by who allocated it, or by type.
   *
   * @param subject {@code orders.jar, pid 4711}, or the file's name as it was given
   * @param capture what all of it was read from, where that was a process
   */
  record Whose(String subject, Allocations allocations, Optional<TypeCensus> census, Optional<Capture> capture) {
    Whose(String subject, Allocations allocations, Optional<TypeCensus> census) {
      this(subject, allocations, census, Optional.empty());
    }

    Whose with(Capture read) {
      return new Whose(subject, allocations, census, Optional.of(read));
    }
  }

  static Parsed<Whose> open(String word, Optional<Keep> keep, Arguments arguments, Console console)
      throws UsageException, IOException, CaptureException, CaptureFileException {
    if (Asked.isUrl(word)) {
      return ofProfile(word, Asked.fetched(word, tags(arguments)));
    }
    Operand operand = Operand.of(word);
    if (operand.isProcess() && arguments.has("--ask")) {
      long pid = ProcessChoice.pid(word, arguments);
      return ofProfile(Asked.subject(pid), Asked.recorded(pid, arguments, console));
    }
    if (operand.isProcess()) {
      Capture capture = capture(ProcessChoice.pid(word, arguments), arguments, console);
      if (keep.isPresent()) {
        keep.get().capture(capture, console);
      }
      return with(capture);
    }
    operand.mustBe("a process, a capture or a profile (" + ProfileFile.FORMS + ")", Kind.CAPTURE, Kind.PROFILE,
        Kind.FLIGHT_RECORDING, Kind.LOG, Kind.OTHER);
    return operand.kind() == Kind.CAPTURE
        ? with(CaptureReader.open(operand.file()))
        : ofFile(word, operand, tags(arguments));
  }

  /** What is asked after besides functions. All of it is kept only for a file that can hold it: a large profile would not fit. */
  static Predicate<String> tags(Arguments arguments) {
    Set<String> wanted = new HashSet<>();
    arguments.value("--by").ifPresent(wanted::add);
    arguments.all("--tag").forEach(tag -> wanted.add(tag.substring(0, Math.max(0, tag.indexOf('=')))));
    boolean keepsAll = arguments.value("--out").filter(name -> name.endsWith(".pb.gz")).isPresent();
    return tag -> keepsAll || wanted.contains(tag);
  }

  /** {@code 1/8}: one region in eight. */
  private static HeapCensus.Options sample(Arguments arguments) throws UsageException {
    String sample = arguments.value("--sample").orElse("1/1");
    if (!sample.matches("1/[1-9][0-9]{0,3}")) {
      throw new UsageException("--sample " + sample + " is no share such as 1/8");
    }
    return new HeapCensus.Options(Integer.parseInt(sample.substring(2)), HeapCensus.Options.DEFAULT.time());
  }

  private static Capture capture(long pid, Arguments arguments, Console console)
      throws CaptureException, UsageException {
    CaptureOptions options = arguments.value("--proc")
        .map(dir -> CaptureOptions.PASSIVE.at(Path.of(dir), Path.of("/"))).orElse(CaptureOptions.PASSIVE);
    try (StepLine steps = new StepLine(console)) {
      List<MemoryWalk> walks = new ArrayList<>(arguments.has("--ledger") ? MemoryWalk.ALL : List.of());
      if (arguments.has("--live") && arguments.has("--sample")) {
        throw new UsageException("--live follows references through the whole heap: it takes no --sample");
      }
      walks.addAll(List.of(MemoryWalk.PROFILE, arguments.has("--live")
          ? MemoryWalk.live(HeapCensus.Options.DEFAULT.time())
          : MemoryWalk.census(sample(arguments))));
      return new Capturer(walks).capture(pid, options, steps::show);
    }
  }

  private static Parsed<Whose> with(Capture capture) {
    Parsed<Whose> read = ofCapture(capture);
    return new Parsed<>(read.value().with(capture), read.problems());
  }

  private static Parsed<Whose> ofCapture(Capture capture) {
    Optional<Artifact> profile = capture.artifact(ArtifactNames.GO_PROFILE);
    Optional<Artifact> census = capture.artifact(ArtifactNames.CENSUS);
    String subject = capture.target().name() + ", pid " + capture.target().pid();
    try {
      if (profile.filter(Artifact::hasContent).isPresent()) {
        Parsed<Allocations> read = AllocationsText.parse(ArtifactNames.GO_PROFILE, profile.get().text(),
            ParseLimits.DEFAULT);
        return new Parsed<>(new Whose(subject, read.value(), Optional.empty()), read.problems());
      }
      if (census.filter(Artifact::hasContent).isPresent()) {
        Parsed<Optional<TypeCensus>> read = TypeCensusText.parse(ArtifactNames.CENSUS, census.get().text(),
            ParseLimits.DEFAULT);
        return new Parsed<>(new Whose(subject, NOBODYS, read.value()), read.problems());
      }
      return nothing(subject, Refusals.of(capture).map(unread -> unread.sentence() + " "
          + unread.unlock().replace("sudo tare ", "sudo tare who "))
          .or(() -> profile.or(() -> census).map(Artifact::note))
          .orElseGet(() -> why(capture.target().runtime())));
    } catch (NotThisFormat broken) {
      return nothing(subject, String.valueOf(broken.getMessage()));
    }
  }

  private static String why(RuntimeKind runtime) {
    return runtime == RuntimeKind.GO || runtime == RuntimeKind.HOTSPOT || runtime == RuntimeKind.CPYTHON
        ? "this capture was taken without it; 'tare who PID' reads a running process"
        : "whose the memory is can be read of Go programs, JVMs and CPython so far, and this is " + runtime.words();
  }

  private static Parsed<Whose> nothing(String subject, String why) {
    return new Parsed<>(new Whose(subject, NOBODYS, Optional.empty()),
        List.of(new Problem(ArtifactNames.CENSUS, "", why)));
  }

  private static Parsed<Whose> ofFile(String word, Operand operand, Predicate<String> tags)
      throws IOException, UsageException {
    try {
      return ofProfile(word, profile(word, operand, tags));
    } catch (NotThisFormat other) {
      throw new UsageException(other.getMessage() + "; a profile is wanted: " + ProfileFile.FORMS);
    }
  }

  private static Parsed<Whose> ofProfile(String subject, Parsed<Profile> profile) {
    return new Parsed<>(new Whose(subject, new Allocations(Optional.of(profile.value()), List.of()), Optional.empty()),
        profile.problems());
  }

  private static Parsed<Profile> profile(String word, Operand operand, Predicate<String> tags)
      throws IOException, UsageException, NotThisFormat {
    Path file = operand.file();
    String name = String.valueOf(file.getFileName());
    if (operand.kind() == Kind.FLIGHT_RECORDING) {
      try (FileChannel recording = FileChannel.open(file)) {
        return JfrBytes.parse(name, partsOf(recording), ParseLimits.DEFAULT, tags);
      }
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MOST_BYTES);
      if (in.read() >= 0) {
        throw new UsageException(
            word + " has more than " + (MOST_BYTES >> 20) + " MB; a smaller part of it can be read");
      }
      return ProfileFile.parse(name, content, ParseLimits.DEFAULT, tags);
    }
  }

  /** Part by part: it is larger than what Tare may fill. */
  static JfrSource partsOf(FileChannel file) throws IOException {
    long bytes = file.size();
    return new JfrSource() {
      @Override
      public long bytes() {
        return bytes;
      }

      @Override
      public void read(long from, byte[] into, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        while (buffer.hasRemaining()) {
          if (file.read(buffer, from + buffer.position()) < 0) {
            throw new EOFException("it ends there");
          }
        }
      }
    };
  }
}
