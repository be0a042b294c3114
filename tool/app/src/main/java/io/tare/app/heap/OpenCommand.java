package io.tare.app.heap;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand;
import io.tare.app.operand.Operand.Kind;
import io.tare.heap.HeapSession;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** {@code tare open DUMP}: an explorer in the browser. */
public final class OpenCommand {
  private static final List<Option> OWN = List.of(
      Option.value("--port", "PORT", "where to listen (default: any that is free)"));

  public static final Command COMMAND = new Command("open", "DUMP", """
      Explore a heap dump in the browser.
      Prints an address for a browser on this machine, and serves until Ctrl-C:
      who holds what, step by step; classes, objects and who refers to them, paths
      from the roots, threads, class loaders, waste, and queries. Nobody else can
      reach it: it listens on the loopback only, below a path that can't be guessed.""",
      Stream.of(OWN, HeapIndex.OPTIONS.subList(0, 1), HeapSettings.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare open app.hprof"), OpenCommand::run);

  private OpenCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    Path dump = Operand.of(arguments.single("heap dump")).mustBe("a heap dump", Kind.HEAP_DUMP).file();
    OptionalLong port = arguments.number("--port", 1);
    if (port.orElse(1) > 65_535) {
      throw new UsageException("--port: there is no port " + port.getAsLong());
    }
    TextOptions text = Output.textOptions(arguments, console, false);
    try (HeapSession session = HeapCommand.opened(dump, arguments, console)) {
      ExplorerPages pages = new ExplorerPages(new DumpAnswers(session, Format.JSON, text), dump.toString());
      try (ExplorerServer server = ExplorerServer.start((int) port.orElse(0), pages)) {
        console.out().println(server.address());
        console.out().flush();
        console.err().println("open that address in a browser on this machine; Ctrl-C ends it");
        return untilTheEnd();
      }
    } catch (NotAHeapDump failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  /** Signals end the process; so does whoever interrupts. */
  private static int untilTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.FINE;
  }
}
