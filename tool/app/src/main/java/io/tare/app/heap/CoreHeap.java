package io.tare.app.heap;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.UsageException;
import io.tare.capture.CaptureException;
import io.tare.capture.CaptureException.Reason;
import io.tare.capture.CoreCapturer;
import io.tare.capture.memory.hotspot.census.HeapCensus;
import io.tare.formats.NotThisFormat;
import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Truth;
import io.tare.report.look.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The Java heap in a core file: objects and bytes by class. It takes no JDK of the same build: the JVM's own tables are in the file. */
final class CoreHeap {
  private static final List<String> OTHER_QUESTIONS = List.of("--object", "--class", "--select", "--shell", "--threads",
      "--with", "--forget");

  private CoreHeap() {}

  static HeapHistogram histogram(Path core, Arguments arguments) throws UsageException, IOException, CaptureException {
    for (String question : OTHER_QUESTIONS) {
      if (arguments.has(question)) {
        throw new UsageException(question
            + " takes a heap dump; of a core file objects and bytes by class are told. 'jhsdb jmap --binaryheap"
            + " --dumpfile app.hprof --exe …/bin/java --core " + core
            + "', of the JDK that ran, makes a heap dump of it");
      }
    }
    try (CoreCapturer capturer = CoreCapturer.open(core)) {
      Parsed<TypeCensus> census = capturer.census(HeapCensus.Options.DEFAULT);
      return histogram(census, capturer.missingBytes());
    } catch (NotThisFormat unreadable) {
      throw new CaptureException(Reason.NOT_READABLE, core + ": " + unreadable.getMessage());
    }
  }

  /** What was counted, and what has to be said of it. */
  static HeapHistogram histogram(Parsed<TypeCensus> taken, long missingBytes) {
    TypeCensus census = taken.value();
    List<HistogramLine> lines = census.types().stream()
        .map(type -> new HistogramLine(type.name(), type.objects(), type.bytes(), OptionalLong.empty())).toList();
    List<Problem> problems = new ArrayList<>(taken.problems());
    if (missingBytes > 0) {
      problems.add(problem(
          "it was cut off: its last " + Units.BINARY.format(missingBytes) + " are missing, and the objects in them"));
    }
    if (census.unparsedBytes() > 0) {
      problems.add(
          problem(Units.BINARY.format(census.unparsedBytes()) + " of the heap could not be told apart into objects"));
    }
    if (census.truth() != Truth.CONSISTENT) {
      problems.add(
          problem("a collection was at work when the process ended: a few objects are counted twice, or not at all"));
    }
    return new HeapHistogram(lines, problems);
  }

  private static Problem problem(String message) {
    return new Problem("core file", "", message);
  }
}
