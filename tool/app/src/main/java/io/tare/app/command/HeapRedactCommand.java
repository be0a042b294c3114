package io.tare.app.command;

import io.tare.app.ExitCode;
import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.Option;
import io.tare.app.cli.UsageException;
import io.tare.capture.door.NewFile;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.redact.Redactor;
import io.tare.heap.redact.Redactor.RedactOptions;
import io.tare.heap.redact.Redactor.Redaction;
import io.tare.report.words.Units;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** {@code tare heap redact IN OUT}: a copy without contents. */
final class HeapRedactCommand {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final List<Option> OWN = List.of(Option.flag("--keep-numbers",
      "leave numbers in fields as they are (sizes of collections, native bytes); only arrays and texts go"));

  static final Command COMMAND = new Command("heap redact", "IN OUT", """
      Copy a heap dump without its contents, so that it can be given to others.
      Blanks the contents of arrays of numbers and characters, strings among
      them, numbers in fields, and texts that are no names. Keeps every object,
      size and reference, and the names of classes, fields, methods and source
      files: retained sizes and paths are the same. What the copy still tells is
      how many objects there are, how long strings are, and who refers to whom.
      OUT is compressed if its name ends with .gz.""",
      OWN, List.of("tare heap redact app.hprof shared.hprof", "tare heap redact app.hprof.gz shared.hprof.gz"),
      HeapRedactCommand::run);

  private HeapRedactCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.operands().size() != 2) {
      throw new UsageException("heap redact takes a heap dump and the name of its copy");
    }
    Path in = Path.of(arguments.operands().get(0));
    Path out = Path.of(arguments.operands().get(1));
    if (Files.exists(out)) {
      throw new UsageException(out + " is there already; nothing is overwritten");
    }
    if (!Files.isReadable(in)) {
      throw new IOException("there is no heap dump " + in + " that can be read");
    }
    // Private like the original: a redacted dump still tells much.
    try (NewFile copy = NewFile.at(out, NewFile.Readers.OWNER)) {
      Redaction redaction = copy(in, copy, out, new RedactOptions(arguments.has("--keep-numbers")), console);
      copy.putInPlace();
      say(redaction, out, console);
      return ExitCode.FINE;
    } catch (NotAHeapDump foreign) {
      console.err().println("tare: " + foreign.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static Redaction copy(Path in, NewFile file, Path out, RedactOptions options, Console console)
      throws IOException, NotAHeapDump {
    try (HeapSteps steps = new HeapSteps(console);
        OutputStream copy = out.toString().endsWith(".gz")
            ? new GZIPOutputStream(file.stream(), BUFFER_BYTES)
            : file.stream()) {
      return Redactor.redact(in, copy, options, steps);
    }
  }

  private static void say(Redaction redaction, Path out, Console console) {
    console.out().println("wrote " + out + ": " + Units.BINARY.format(redaction.copiedBytes()) + " before compression");
    console.out()
        .println("blanked " + Units.BINARY.format(redaction.arrayBytes()) + " of array contents (strings too), "
            + Units.BINARY.format(redaction.fieldBytes()) + " of numbers in fields, "
            + Units.BINARY.format(redaction.textBytes()) + " of texts that are no names");
    console.out().println("kept the names of classes, fields, methods and source files, the time of the dump, every"
        + " reference and every size");
    redaction.problems().forEach(problem -> console.out().println("not copied: " + problem));
  }
}
