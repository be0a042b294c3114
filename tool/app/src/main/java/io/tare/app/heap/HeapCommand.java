package io.tare.app.heap;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Confirmation;
import io.tare.app.cli.Console;
import io.tare.app.cli.EditedLine;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.Prompt;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand;
import io.tare.app.operand.Operand.Kind;
import io.tare.app.operand.ProcessChoice;
import io.tare.capture.CaptureException;
import io.tare.capture.attach.AttachRefused;
import io.tare.capture.dump.DumpRefused;
import io.tare.capture.file.CaptureFileException;
import io.tare.capture.file.CaptureReader;
import io.tare.heap.HeapOptions;
import io.tare.heap.HeapSession;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.lookup.NotInDump;
import io.tare.heap.query.QueryError;
import io.tare.model.capture.Capture;
import io.tare.report.heap.HeapAnswers;
import io.tare.report.look.Format;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code tare heap DUMP|PID}: which objects, held by whom. */
public final class HeapCommand {
  private static final List<Option> OWN = List.of(
      Option.value("--object", "0xADDRESS", "only this object: its values, who refers to it, its path from a root"),
      Option.value("--class", "NAME", "only this class, or those that fit a pattern such as 'com.acme.*'"),
      Option.value("--select", "QUERY", "only the answer to a query: 'SELECT * FROM java.lang.String s WHERE …'"),
      Option.value("--collections", "[CLASS]",
          "only what collections cost, by class (or only CLASS, or a pattern): wrapper, table, keys, values, how full"),
      Option.flag("--histogram", "only objects and bytes by class, reachable or not: quick, in little memory"),
      Option.flag("--shell", "ask one question after the other, at a prompt or from a pipe"),
      Option.flag("--unreachable", "let --select look at objects too that no root reaches"),
      Option.flag("--unknown-null", "let fields that no class of the source has be null, as Eclipse MAT does"),
      Option.value("--with", "F.tare", "compare native memory with a capture of the same process"),
      Option.flag("--all", "longer lists").shortAs("-a"),
      Option.flag("--threads", "every thread's stack"));

  public static final Command COMMAND = new Command("heap", "DUMP|PID|NAME|CORE", """
      Say which objects fill a Java heap and who holds them.
      From a heap dump (hprof, compressed or not, whole or cut), or from a running
      JVM, which is asked for a dump: what that costs is said before, and nothing
      is done without a yes. Shows classes with retained sizes, the biggest
      holders, leak suspects with their path, waste, threads, class loaders, and
      for a process its native memory beside the objects that own it.
      --select takes a subset of OQL: see docs/heap-queries.md. Of a core file that a
      JVM has left, objects and bytes by class are told.""",
      Stream.of(OWN, HeapIndex.OPTIONS, HeapOfProcess.OPTIONS, HeapSettings.OPTIONS, Output.TABLE_OPTIONS)
          .flatMap(List::stream).toList(),
      List.of("tare heap app.hprof", "tare heap app.hprof.gz -o heap.html", "tare heap 4711 --live -o app.hprof",
          "tare heap app.hprof --class 'com.acme.*'", "tare heap app.hprof --object 0x7f3a01c0",
          "tare heap app.hprof --collections",
          "tare heap app.hprof --select \"SELECT s, s.@retainedHeapSize FROM java.util.HashMap s",
          "    WHERE s.size > 1000 ORDER BY s.@retainedHeapSize DESC LIMIT 10\""),
      HeapCommand::run);

  private HeapCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    return run(arguments, console, Confirmation.onStandardInput());
  }

  static int run(Arguments arguments, Console console, Confirmation confirmation) throws UsageException, IOException {
    Operand operand = Operand.of(arguments.single("heap dump or process"))
        .mustBe("a heap dump, a process or a core file", Kind.HEAP_DUMP, Kind.PROCESS, Kind.NAME, Kind.CORE);
    if (operand.kind() == Kind.CORE) {
      return ofCore(operand.file(), arguments, console);
    }
    if (arguments.has("--forget")) {
      if (operand.isProcess()) {
        throw new UsageException("--forget takes a heap dump: nothing is kept of processes");
      }
      HeapIndex.forget(operand.file(), console);
      return ExitCode.FINE;
    }
    if (arguments.has("--shell")) {
      return shell(operand, arguments, console);
    }
    KeptDump kept = KeptDump.of(arguments);
    Output output = Output.ofTables(kept.arguments(), console);
    boolean hasTable = arguments.has("--select") || arguments.has("--histogram") || arguments.has("--collections");
    if (output.format() == Format.OPENMETRICS || (output.format() == Format.CSV && !hasTable)) {
      throw new UsageException(
          "heap writes text, json or html; --select, --collections and --histogram write csv, too");
    }
    try {
      HeapQuestion question = HeapQuestion.of(arguments, output, console.outIsTerminal());
      Optional<HeapInput> input = operand.isProcess()
          ? new HeapOfProcess(arguments, console, confirmation).dump(ProcessChoice.pid(operand.word(), arguments),
              kept.destination(operand.word()))
          : Optional.of(ofFile(kept.file(operand.word()), arguments, console));
      if (input.isEmpty()) {
        console.err().println("nothing was done");
        return ExitCode.FINE;
      }
      try (HeapInput known = input.get()) {
        output.write(answer(question, known, HeapSettings.of(arguments), console), console);
      }
      return ExitCode.FINE;
    } catch (QueryError | NotInDump mistake) {
      throw new UsageException(String.valueOf(mistake.getMessage()));
    } catch (NotAHeapDump | CaptureException | CaptureFileException | AttachRefused | DumpRefused failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static int ofCore(Path core, Arguments arguments, Console console) throws UsageException, IOException {
    Output output = Output.ofTables(arguments, console);
    if (output.format() == Format.OPENMETRICS || output.format() == Format.HTML) {
      throw new UsageException("of a core file heap writes text, json or csv");
    }
    try {
      output.write(HeapAnswers.render(CoreHeap.histogram(core, arguments), output.format(), output.text()), console);
      return ExitCode.FINE;
    } catch (CaptureException failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static String answer(HeapQuestion question, HeapInput input, HeapOptions options, Console console)
      throws IOException, NotAHeapDump, NotInDump, QueryError {
    try (HeapSteps steps = new HeapSteps(console)) {
      return question.answer(input, options, steps);
    }
  }

  private static int shell(Operand operand, Arguments arguments, Console console) throws UsageException, IOException {
    Path dump = operand.mustBe("a heap dump", Kind.HEAP_DUMP).file();
    Output output = Output.of(arguments, console);
    if (output.format() == Format.HTML || output.format() == Format.OPENMETRICS || output.file().isPresent()) {
      throw new UsageException("--shell writes text or json, to standard output");
    }
    try (HeapSession session = opened(dump, arguments, console)) {
      DumpAnswers answers = new DumpAnswers(session, output.format(), output.text());
      HeapShell shell = new HeapShell(answers, console);
      if (!Console.isTerminal(0)) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return shell.run(lines::readLine) ? ExitCode.FINE : ExitCode.USAGE;
      }
      console.err().println("one question a line; 'help' lists them, Tab completes names");
      Prompt prompt = new Prompt("heap> ", new EditedLine(new HeapShell.Completions(answers)::of), console);
      shell.run(prompt::next);
      return ExitCode.FINE;
    } catch (NotAHeapDump failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  /** Analysed, or from its index. */
  static HeapSession opened(Path dump, Arguments arguments, Console console)
      throws UsageException, IOException, NotAHeapDump {
    try (HeapSteps steps = new HeapSteps(console)) {
      return HeapSession.open(dump, HeapSettings.of(arguments), steps, HeapIndex.of(dump, arguments, console));
    }
  }

  private static HeapInput ofFile(Path dump, Arguments arguments, Console console)
      throws IOException, CaptureFileException {
    return HeapInput.ofFile(dump, capture(arguments), HeapIndex.of(dump, arguments, console));
  }

  private static Optional<Capture> capture(Arguments arguments) throws IOException, CaptureFileException {
    Optional<String> file = arguments.value("--with");
    return file.isPresent() ? Optional.of(CaptureReader.open(Path.of(file.get()))) : Optional.empty();
  }
}
