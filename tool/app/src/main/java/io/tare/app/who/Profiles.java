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
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.memory.AllocationsText;
import io.tare.formats.profile.CollapsedText;
import io.tare.formats.profile.PprofBytes;
import io.tare.model.Problem;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.profile.Allocations;
import io.tare.model.profile.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A profile, of a process, of a capture or from a file. */
final class Profiles {
  private static final int MOST_BYTES = 512 << 20;

  private Profiles() {}

  static Parsed<Allocations> open(String word, Arguments arguments, Console console)
      throws UsageException, IOException, CaptureException, CaptureFileException {
    Operand operand = Operand.of(word);
    if (operand.isProcess()) {
      return ofCapture(capture(ProcessChoice.pid(word, arguments), arguments, console));
    }
    operand.mustBe("a process, a capture or a profile (pprof, collapsed stacks)", Kind.CAPTURE, Kind.PROFILE, Kind.LOG,
        Kind.OTHER);
    return operand.kind() == Kind.CAPTURE
        ? ofCapture(CaptureReader.open(operand.file()))
        : ofFile(operand.file(), operand.kind() == Kind.LOG);
  }

  private static Capture capture(long pid, Arguments arguments, Console console) throws CaptureException {
    CaptureOptions options = arguments.value("--proc")
        .map(dir -> CaptureOptions.PASSIVE.at(Path.of(dir), Path.of("/"))).orElse(CaptureOptions.PASSIVE);
    try (StepLine steps = new StepLine(console)) {
      return new Capturer(List.of(MemoryWalk.PROFILE)).capture(pid, options, steps::show);
    }
  }

  private static Parsed<Allocations> ofCapture(Capture capture) {
    Optional<Artifact> artifact = capture.artifact(ArtifactNames.GO_PROFILE);
    if (artifact.filter(Artifact::hasContent).isEmpty()) {
      String why = artifact.map(Artifact::note).orElse(capture.target().runtime() == RuntimeKind.GO
          ? "this capture was taken without it; 'tare who PID' reads a running process"
          : "who allocated what is read of Go programs so far, and this is " + capture.target().runtime().words()
              + "; of a Java heap 'tare heap' tells who keeps it");
      return nothing(why);
    }
    try {
      return AllocationsText.parse(ArtifactNames.GO_PROFILE, artifact.get().text(), ParseLimits.DEFAULT);
    } catch (NotThisFormat broken) {
      return nothing(String.valueOf(broken.getMessage()));
    }
  }

  private static Parsed<Allocations> nothing(String why) {
    return new Parsed<>(new Allocations(Optional.empty(), List.of()),
        List.of(new Problem(ArtifactNames.GO_PROFILE, "", why)));
  }

  private static Parsed<Allocations> ofFile(Path file, boolean isText) throws IOException, UsageException {
    String name = String.valueOf(file.getFileName());
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MOST_BYTES);
    }
    try {
      Parsed<Profile> profile = isText
          ? CollapsedText.parse(name, new String(content, StandardCharsets.UTF_8), ParseLimits.DEFAULT)
          : PprofBytes.parse(name, content, ParseLimits.DEFAULT);
      return new Parsed<>(new Allocations(Optional.of(profile.value()), List.of()), profile.problems());
    } catch (NotThisFormat other) {
      throw new UsageException(other.getMessage() + "; a profile is wanted, as pprof writes it or as collapsed stacks");
    }
  }
}
