package io.tare.app.heap;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand;
import io.tare.capture.door.NewFile;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.redact.Redactor;
import io.tare.heap.redact.Redactor.RedactOptions;
import io.tare.heap.redact.Redactor.Redaction;
import io.tare.report.look.Units;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** {@code tare heap redact IN OUT}: a copy without contents. */
public final class HeapRedactCommand {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final List<Option> OWN = List.of(Option.flag("--keep-numbers",
      "leave numbers in fields as they are (sizes of collections, native bytes); only arrays and texts go"));

  public static final Command COMMAND = new Command("heap redact", "IN OUT", """
      Copy a heap dump without its contents, so that it can be given to others.
      Blanks the contents of arrays of numbers and characters, strings among
      them, numbers in fields, and texts that are no names. Keeps every object,
      size and reference, and the names of classes, fields, methods and source
      files: retained sizes and paths are the same. What the copy still tells is
      how many objects there are, how long strings are, and who refers to whom.
      OUT is compressed if its name ends with .gz. Until it is whole it has the
      name .tare-….part in the same folder.""",
      OWN, List.of("tare heap redact app.hprof shared.hprof", "tare heap redact app.hprof.gz shared.hprof.gz"),
      HeapRedactCommand::run);

  private HeapRedactCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.operands().size() != 2) {
      throw new UsageException("heap redact takes a heap dump and the name of its copy");
    }
    Path in = Operand.ofFile(arguments.operands().get(0)).mustBe("a heap dump", Operand.Kind.HEAP_DUMP).file();
    Path out = Path.of(arguments.operands().get(1));
    if (Files.exists(out)) {
      throw new UsageException(out + " is there already; nothing is overwritten");
    }
    if (!Files.isReadable(in)) {
      throw new IOException("there is no heap dump " + in + " that can be read");
    }
    // Private like the original: a redacted dump still tells much.
    try (NewFile copy = NewFile.beside(out, NewFile.Readers.OWNER); Exit _ = removedOnExit(copy)) {
      Redaction redaction = copy(in, copy, out, new RedactOptions(arguments.has("--keep-numbers")), console);
      copy.putInPlace();
      say(redaction, out, console);
      return ExitCode.FINE;
    } catch (NotAHeapDump foreign) {
      console.err().println("tare: " + foreign.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  /** Who is told to end leaves nothing behind. */
  private static Exit removedOnExit(NewFile copy) {
    Exit exit = new Exit(new Thread(() -> {
      try {
        copy.close();
      } catch (IOException stays) {
        // The process ends: the name of what stays says that it is a part.
        return;
      }
    }, "tare-remove-part"));
    Runtime.getRuntime().addShutdownHook(exit.hook());
    return exit;
  }

  /** What is to be done if the process is told to end before this is closed. */
  private record Exit(Thread hook) implements AutoCloseable {
    @Override
    public void close() {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException ending) {
        // The hook runs already.
        return;
      }
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
