package io.tare.app.operand;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand.Kind;
import io.tare.capture.CaptureException;
import io.tare.capture.file.CaptureFileException;
import io.tare.capture.file.CaptureReader;
import io.tare.history.compare.Snapshots;
import io.tare.history.live.ObjectCounter;
import io.tare.model.capture.Capture;
import io.tare.model.history.Counting;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Story.StoryPhase;
import io.tare.model.history.Timeline;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What an operand stands for: a process, a moment of one in a capture, or one over time. */
public sealed interface Sources {
  /** A single moment. */
  public record Moment(String name, Capture capture) implements Sources {}

  /** A time, from a recording or a log. */
  public record Time(String name, Timeline timeline, List<StoryPhase> phases) implements Sources {
    public Time {
      phases = List.copyOf(phases);
    }
  }

  public static Sources open(String operand, Arguments arguments, Console console)
      throws UsageException, IOException, CaptureException, CaptureFileException {
    Operand what = Operand.of(operand).mustBe("a process, a capture, a recording, a log or a core file", Kind.PROCESS,
        Kind.NAME, Kind.CAPTURE, Kind.RECORDING, Kind.LOG, Kind.CORE);
    if (what.isProcess()) {
      return new Moment(operand, CaptureChoice.take(ProcessChoice.pid(operand, arguments), arguments, console));
    }
    String name = String.valueOf(what.file().getFileName());
    if (what.kind() == Kind.CORE) {
      return new Moment(name, CaptureChoice.ofCore(what.file(), arguments, console));
    }
    return what.kind() == Kind.CAPTURE
        ? new Moment(name, CaptureReader.open(what.file()))
        : TimelineFiles.open(name, what);
  }

  /** The operand as one side of a comparison. */
  default Snapshot weighing() {
    return switch (this) {
      case Moment moment -> Snapshots.of(moment.name(), moment.capture());
      case Time time -> Snapshots.of(time.name(), time.timeline());
    };
  }

  /** What its objects were counted to be by name, at the end of a time; empty when nobody counted. */
  default Optional<Counting> counting() {
    return switch (this) {
      case Moment moment -> ObjectCounter.of(moment.capture(), moment.capture().takenAt().toEpochMilli());
      case Time time -> time.timeline().countings().isEmpty()
          ? Optional.empty()
          : Optional.of(time.timeline().countings().getLast());
    };
  }

  /** Its phases, where marks tell some. */
  default List<StoryPhase> inPhases() {
    return this instanceof Time time ? time.phases() : List.of();
  }
}
