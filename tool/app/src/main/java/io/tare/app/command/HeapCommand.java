package io.tare.app.command;

import io.tare.app.ExitCode;
import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.Option;
import io.tare.app.cli.UsageException;
import io.tare.heapdump.HeapAnalysis;
import io.tare.heapdump.HeapOptions;
import io.tare.heapdump.hprof.NotAHeapDump;
import io.tare.model.heap.HeapSummary;
import io.tare.report.Format;
import io.tare.report.heap.HeapRenderers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code tare heap DUMP}: which objects, held by whom. */
final class HeapCommand {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmgKMG]?)");
  private static final List<Option> OWN = List.of(
      Option.value("--memory", "SIZE",
          "working memory, 256m or 2g; what does not fit goes to temporary files (default: no limit)"),
      Option.value("--temp", "DIR", "where temporary files go (default: the system's folder)"),
      Option.flag("--all", "longer lists"));

  static final Command COMMAND = new Command("heap", "DUMP", """
      Say which objects fill a Java heap and who holds them, from a heap dump.
      Reads hprof files, compressed or not, whole or cut: classes with retained
      sizes, the biggest dominators, leak suspects with their path, waste,
      threads, class loaders. Take a dump with
        jcmd PID GC.heap_dump -all FILE.hprof""",
      Stream.of(OWN, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare heap app.hprof", "tare heap app.hprof.gz -o heap.html",
          "tare heap app.hprof --memory 256m --format json"),
      HeapCommand::run);

  private HeapCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    Path dump = Path.of(arguments.single("heap dump"));
    Output output = Output.of(arguments, console);
    if (output.format() == Format.OPENMETRICS) {
      throw new UsageException("heap writes text, json or html");
    }
    HeapOptions options = HeapOptions.usual();
    Optional<String> memory = arguments.value("--memory");
    if (memory.isPresent()) {
      options = options.withMemory(size(memory.get()));
    }
    if (arguments.value("--temp").isPresent()) {
      options = options.withTemporaryFolder(Path.of(arguments.value("--temp").get()));
    }
    try {
      output.write(HeapRenderers.render(analyse(dump, options, console), output.format(), output.text()), console);
      return ExitCode.FINE;
    } catch (NotAHeapDump foreign) {
      console.err().println("tare: " + foreign.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static HeapSummary analyse(Path dump, HeapOptions options, Console console) throws IOException, NotAHeapDump {
    try (HeapSteps steps = new HeapSteps(console)) {
      return HeapAnalysis.analyse(dump, options, steps);
    }
  }

  private static long size(String text) throws UsageException {
    Matcher parts = SIZE.matcher(text);
    if (!parts.matches()) {
      throw new UsageException("--memory=" + text + " is no size; write 256m or 2g");
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2).toLowerCase(Locale.ROOT)) {
      case "k" -> number << 10;
      case "m" -> number << 20;
      case "g" -> number << 30;
      default -> number;
    };
  }
}
