package io.tare.app.advice;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.CaptureChoice;
import io.tare.app.operand.Operand;
import io.tare.app.operand.Operand.Kind;
import io.tare.app.operand.ProcessChoice;
import io.tare.capture.CaptureException;
import io.tare.capture.file.CaptureFileException;
import io.tare.capture.file.CaptureReader;
import io.tare.formats.NotThisFormat;
import io.tare.history.advice.Checks;
import io.tare.history.compare.Stories;
import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording;
import io.tare.history.recording.Timelines;
import io.tare.ledger.Explanation;
import io.tare.model.history.Checklist;
import io.tare.report.AdviceRenderers;
import io.tare.report.look.Format;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** {@code tare checklist PID|RECORDING}: what should hold in production, answered. */
public final class ChecklistCommand {
  public static final Command COMMAND = new Command("checklist", "PID|NAME|FILE", """
      Answer what should hold of a process in production: yes, no, or cannot tell.
      Limit and headroom, a heap that fits, heap dump and collection log, leak,
      kills, swap: each with its reading and the next command. A process or capture
      tells how it is set up, a recording how it went. Exit code 0: nothing fails.
      1: something does not hold. 3: it could not be read.""",
      Stream.of(CaptureChoice.OPTIONS, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare checklist 4711", "tare checklist load.tarerec", "tare checklist orders --format json"),
      ChecklistCommand::run);

  private ChecklistCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    Operand operand = Operand.of(arguments.single("process, capture or recording"))
        .mustBe("a process, a capture or a recording", Kind.PROCESS, Kind.NAME, Kind.CAPTURE, Kind.RECORDING);
    Output output = Output.of(arguments, console);
    if (output.format() == Format.OPENMETRICS || output.format() == Format.CSV) {
      throw new UsageException("checklist writes text, json or html");
    }
    try {
      Checklist list = operand.kind() == Kind.RECORDING
          ? ofRecording(operand)
          : Checks.of(Explanation.explain(operand.isProcess()
              ? CaptureChoice.take(ProcessChoice.pid(operand.word(), arguments), arguments, console)
              : CaptureReader.open(operand.file())));
      output.write(AdviceRenderers.render(list, output.format(), output.text()), console);
      return list.hasFinding() ? ExitCode.FINDING : ExitCode.FINE;
    } catch (CaptureException | CaptureFileException failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static Checklist ofRecording(Operand operand) throws IOException {
    AdviseCommand.track(operand);
    try {
      Recording recording = operand.pid().isPresent()
          ? RecordingFiles.open(operand.file(), operand.pid().getAsLong())
          : RecordingFiles.open(operand.file());
      return Checks.of(Stories.of(recording).getFirst(),
          LeakJudge.judge(Timelines.of(recording.tracks().getFirst()), LeakOptions.USUAL));
    } catch (NotThisFormat foreign) {
      throw new IOException(operand.word() + ": " + foreign.getMessage(), foreign);
    }
  }
}
