package io.tare.app.who;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand;
import io.tare.capture.door.NamedTarget;
import io.tare.capture.file.CaptureWriter;
import io.tare.formats.profile.CollapsedText;
import io.tare.formats.profile.PprofWriter;
import io.tare.model.capture.Capture;
import io.tare.model.profile.AllocationReport;
import io.tare.model.profile.Profile;
import io.tare.report.look.TextOptions;
import io.tare.report.profile.AllocationHtml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code --out} keeps. A name that could hold nothing of what was named is refused before anything is read.
 *
 * @param name as the user wrote it; its ending tells the form
 */
record Keep(String name, Form form) {
  enum Form {
    CAPTURE(".tare"), PPROF(".pb.gz"), COLLAPSED(".collapsed"), FLAMES(".html");

    private final String ending;

    Form(String ending) {
      this.ending = ending;
    }
  }

  static Optional<Keep> of(Arguments arguments) throws UsageException, IOException {
    Optional<String> name = arguments.value("--out");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Form form = Arrays.stream(Form.values()).filter(one -> name.get().endsWith(one.ending)).findFirst().orElseThrow(
        () -> new UsageException("--out needs a name that ends in .tare, .pb.gz, .collapsed or .html"));
    List<String> operands = arguments.operands();
    if (form == Form.CAPTURE && (operands.size() > 1 || arguments.has("--ask")
        || Asked.isUrl(operands.getFirst()) || !Operand.of(operands.getFirst()).isProcess())) {
      throw new UsageException("--out " + name.get() + " keeps what is read of one running process; "
          + (operands.size() > 1 ? "these are several" : operands.getFirst() + " is a file already")
          + ". Call stacks can be kept as .pb.gz, .collapsed or .html");
    }
    return Optional.of(new Keep(name.get(), form));
  }

  /** What was read of the process, to be compared with later. */
  void capture(Capture capture, Console console) throws IOException {
    if (form == Form.CAPTURE) {
      CaptureWriter.save(capture, file());
      told(console);
    }
  }

  /** Of a count of objects by type. */
  void mustNotBeStacks() throws UsageException {
    if (form != Form.CAPTURE) {
      throw new UsageException("--out " + name + " keeps call stacks, and a count of objects has none; "
          + "of a running process --out x.tare keeps it, and --output x.html writes the page");
    }
  }

  /** @param type which of the profile's values, where the form holds only one */
  void stacks(Profile profile, int type, AllocationReport report, TextOptions options, Console console)
      throws IOException {
    switch (form) {
      case CAPTURE -> {
        return;
      }
      case PPROF -> NamedTarget.write(file(), PprofWriter.write(profile));
      case COLLAPSED -> NamedTarget.write(file(), CollapsedText.write(profile, type));
      case FLAMES -> NamedTarget.write(file(), AllocationHtml.withFlames(report, profile, type, options));
    }
    told(console);
  }

  private Path file() {
    return Path.of(name).toAbsolutePath();
  }

  private void told(Console console) {
    console.err().println("wrote " + file());
  }
}
