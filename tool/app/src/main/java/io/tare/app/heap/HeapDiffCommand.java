package io.tare.app.heap;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand;
import io.tare.heap.HeapOptions;
import io.tare.heap.compare.HeapComparison;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.model.heap.HeapDiff;
import io.tare.report.heap.HeapRenderers;
import io.tare.report.look.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code tare heap diff A B}: what has grown, held by whom. */
public final class HeapDiffCommand {
  private static final List<Option> OWN = List.of(Option.flag("--all", "longer lists").shortAs("-a"));

  public static final Command COMMAND = new Command("heap diff", "BEFORE AFTER", """
      Compare two heap dumps: what has grown, held by whom.
      By place in the dominator tree, by suspect and by class. Addresses differ
      between dumps, so places are known by the classes on the way to them.
      Take both after a full collection (--live) to leave the garbage out.""",
      Stream.of(OWN, HeapSettings.OPTIONS, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare heap diff before.hprof after.hprof", "tare heap diff a.hprof b.hprof -o growth.html"),
      HeapDiffCommand::run);

  private HeapDiffCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.operands().size() != 2) {
      throw new UsageException("heap diff takes two heap dumps, the older one first");
    }
    Output output = Output.of(arguments, console);
    if (output.format() == Format.OPENMETRICS) {
      throw new UsageException("heap diff writes text, json or html");
    }
    Path before = Operand.ofFile(arguments.operands().get(0)).mustBe("a heap dump", Operand.Kind.HEAP_DUMP).file();
    Path after = Operand.ofFile(arguments.operands().get(1)).mustBe("a heap dump", Operand.Kind.HEAP_DUMP).file();
    try {
      output.write(HeapRenderers.render(compare(before, after, HeapSettings.of(arguments), console), output.format(),
          output.text()), console);
      return ExitCode.FINE;
    } catch (NotAHeapDump foreign) {
      console.err().println("tare: " + foreign.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static HeapDiff compare(Path before, Path after, HeapOptions options, Console console)
      throws IOException, NotAHeapDump {
    try (HeapSteps steps = new HeapSteps(console)) {
      return HeapComparison.compare(before, after, options, steps);
    }
  }
}
