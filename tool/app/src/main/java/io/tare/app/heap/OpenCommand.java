package io.tare.app.heap;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.app.heap.ExplorerPages.Growth;
import io.tare.app.heap.ExplorerPages.Older;
import io.tare.app.heap.ExplorerServer.Page;
import io.tare.app.heap.ExplorerServer.Pages;
import io.tare.app.look.ExplainCommand;
import io.tare.app.operand.Operand;
import io.tare.app.operand.Operand.Kind;
import io.tare.heap.HeapOptions;
import io.tare.heap.HeapProgress;
import io.tare.heap.HeapSession;
import io.tare.heap.compare.HeapComparison;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.report.heap.HeapRenderers;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** {@code tare open DUMP}: an explorer in the browser. */
public final class OpenCommand {
  private static final List<Option> OWN = List.of(
      Option.value("--base", "OLDER",
          "an older heap dump of the same program: one more view says what has grown since"),
      Option.value("--port", "PORT", "where to listen (default: any that is free)"));

  public static final Command COMMAND = new Command("open", "DUMP|F.tare|F.tarerec", """
      Explore a heap dump in the browser, or look at a capture or a recording.
      Prints an address for a browser on this machine, and serves until Ctrl-C:
      who holds what, step by step; classes, objects and who refers to them, paths
      from the roots, threads, class loaders, waste, and queries. Nobody else can
      reach it: it listens on the loopback only, below a path that can't be guessed.""",
      Stream.of(OWN, HeapIndex.OPTIONS.subList(0, 1), HeapSettings.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare open app.hprof", "tare open after.hprof --base before.hprof", "tare open night.tarerec"),
      OpenCommand::run);

  private OpenCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    Operand operand = Operand.of(arguments.single("heap dump, capture or recording"))
        .mustBe("a heap dump, a capture or a recording", Kind.HEAP_DUMP, Kind.CAPTURE, Kind.RECORDING);
    OptionalLong port = arguments.number("--port", 1);
    if (port.orElse(1) > 65_535) {
      throw new UsageException("--port: there is no port " + port.getAsLong());
    }
    int where = (int) port.orElse(0);
    if (operand.kind() != Kind.HEAP_DUMP) {
      if (arguments.has("--base")) {
        throw new UsageException("--base compares heap dumps; 'tare diff' compares captures and recordings");
      }
      String page = report(operand.word(), console);
      return serve(where, (path, query) -> path.isEmpty() ? Page.standingAlone(page) : Page.notFound(""), console);
    }
    Path dump = operand.file();
    TextOptions text = Output.textOptions(arguments, console, false);
    Optional<Older> older = older(dump, arguments);
    try (HeapSession session = HeapCommand.opened(dump, arguments, console)) {
      return serve(where, new ExplorerPages(new DumpAnswers(session, Format.JSON, text), dump.toString(), older),
          console);
    } catch (NotAHeapDump failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static Optional<Older> older(Path dump, Arguments arguments) throws UsageException, IOException {
    Optional<String> base = arguments.value("--base");
    if (base.isEmpty()) {
      return Optional.empty();
    }
    Path before = Operand.ofFile(base.get()).mustBe("a heap dump", Kind.HEAP_DUMP).file();
    HeapOptions options = HeapSettings.of(arguments);
    return Optional.of(new Older(base.get(), new Growth(() -> {
      try {
        return HeapRenderers.render(HeapComparison.compare(before, dump, options, HeapProgress.NONE), Format.JSON,
            TextOptions.plain(100));
      } catch (NotAHeapDump foreign) {
        throw new IOException(foreign.getMessage(), foreign);
      }
    })));
  }

  /** The page that {@code tare FILE --format html} prints. */
  private static String report(String word, Console console) throws UsageException, IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Console printing = new Console(page, said, false, false, console.environment());
    Command explain = ExplainCommand.COMMAND;
    explain.action().run(Arguments.parse(explain, List.of(word, "--format", "html")), printing);
    printing.out().flush();
    if (page.size() == 0) {
      throw new IOException(said.toString(StandardCharsets.UTF_8).strip());
    }
    return page.toString(StandardCharsets.UTF_8);
  }

  private static int serve(int port, Pages pages, Console console) throws IOException {
    try (ExplorerServer server = ExplorerServer.start(port, pages)) {
      console.out().println(server.address());
      console.out().flush();
      console.err().println("open that address in a browser on this machine; Ctrl-C ends it");
      return untilTheEnd();
    } catch (BindException taken) {
      throw new IOException("port " + port + " can't be had: " + taken.getMessage(), taken);
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
