package io.tare.app.heap;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.heap.HeapAnalysis;
import io.tare.heap.HeapOptions;
import io.tare.heap.HeapProgress;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.lookup.ClassLookup;
import io.tare.heap.lookup.CollectionLookup;
import io.tare.heap.lookup.NotInDump;
import io.tare.heap.lookup.ObjectLookup;
import io.tare.heap.query.Query;
import io.tare.heap.query.QueryError;
import io.tare.heap.query.QueryRun;
import io.tare.heap.query.QueryRun.Wishes;
import io.tare.ledger.bridge.HeapBridge;
import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HeapCollections;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.HeapReport;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.NativeBridge;
import io.tare.model.heap.SelectAnswer;
import io.tare.report.heap.HeapAnswers;
import io.tare.report.heap.HeapRenderers;
import io.tare.report.look.Format;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is asked of a dump. Understood before anything is done. */
interface HeapQuestion {
  /** Nobody reads so many, but a program does. */
  int MOST_ROWS_OF_CSV = 1_000_000;

  String answer(HeapInput input, HeapOptions options, HeapProgress progress)
      throws IOException, NotAHeapDump, NotInDump, QueryError;

  /**
   * What was asked.
   *
   * @param terminal whether a person reads the answer directly
   */
  static HeapQuestion of(Arguments arguments, Output output, boolean terminal) throws UsageException, QueryError {
    List<String> asked = List.of("--object", "--class", "--select", "--collections", "--histogram").stream()
        .filter(arguments::has)
        .toList();
    if (asked.size() > 1) {
      throw new UsageException(String.join(" and ", asked) + " are different questions; ask one at a time");
    }
    if (arguments.has("--unreachable") && !arguments.has("--select")) {
      throw new UsageException("--unreachable belongs to --select; --object and --class tell of garbage anyway");
    }
    if (arguments.has("--unknown-null") && !arguments.has("--select")) {
      throw new UsageException("--unknown-null belongs to --select");
    }
    if (asked.isEmpty()) {
      return (input, options, progress) -> summary(input, options, progress, output);
    }
    if (output.format() == Format.HTML && !asked.getFirst().equals("--collections")) {
      throw new UsageException(asked.getFirst() + " writes text or json");
    }
    String value = arguments.value(asked.getFirst()).orElse("");
    return switch (asked.getFirst()) {
      case "--object" -> object(address(value), output);
      case "--class" -> ofClass(value, output);
      case "--collections" -> collections(value, output);
      case "--histogram" -> (input, options, progress) -> HeapAnswers
          .render(HeapAnalysis.histogram(input.dump(), options, progress, input.index()), output.format(),
              output.text());
      default -> {
        Wishes wishes = new Wishes(arguments.has("--unreachable"), arguments.has("--unknown-null"),
            output.format() == Format.CSV ? MOST_ROWS_OF_CSV : QueryRun.USUAL_ROWS);
        boolean whole = !arguments.has("--width") && (!terminal || output.file().isPresent());
        yield select(Query.parse(value), wishes, output, whole);
      }
    };
  }

  private static String summary(HeapInput input, HeapOptions options, HeapProgress progress, Output output)
      throws IOException, NotAHeapDump {
    HeapSummary summary = HeapAnalysis.analyse(input.dump(), options, progress, input.index());
    if (summary.reached().objects() + summary.unreachable().objects() == 0) {
      throw new NotAHeapDump("cannot tell: " + input.dump() + " has no object that can be read"
          + (summary.dump().truncated() ? "; it was cut off before the first" : ""));
    }
    Optional<NativeBridge> bridge = input.capture().flatMap(capture -> HeapBridge.compare(summary, capture));
    return HeapRenderers.render(new HeapReport(summary, input.cost(), bridge), output.format(), output.text());
  }

  private static HeapQuestion object(long address, Output output) {
    return (input, options, progress) -> {
      HeapObject object = HeapAnalysis.<HeapObject, NotInDump>ask(input.dump(), options, progress, input.index(),
          (view, storage, problems) -> ObjectLookup.of(address, view, storage));
      return HeapAnswers.render(object, output.format(), output.text());
    };
  }

  private static HeapQuestion ofClass(String name, Output output) {
    return (input, options, progress) -> {
      HeapClassAnswer answer = HeapAnalysis.<HeapClassAnswer, NotInDump>ask(input.dump(), options, progress,
          input.index(),
          names -> ClassLookup.foresee(name, names), (view, storage, problems) -> ClassLookup.of(name, view));
      return HeapAnswers.render(answer, output.format(), output.text());
    };
  }

  private static HeapQuestion collections(String name, Output output) {
    return (input, options, progress) -> {
      HeapCollections answer = HeapAnalysis.<HeapCollections, NotInDump>ask(input.dump(), options, progress,
          input.index(), names -> CollectionLookup.foresee(name, names),
          (view, storage, problems) -> CollectionLookup.of(name, view, storage, problems));
      return HeapAnswers.render(answer, output.format(), output.text());
    };
  }

  private static HeapQuestion select(Query query, Wishes wishes, Output output, boolean whole) {
    return (input, options, progress) -> {
      SelectAnswer answer = HeapAnalysis.<SelectAnswer, QueryError>ask(input.dump(), options, progress, input.index(),
          names -> QueryRun.foresee(query, names),
          (view, storage, problems) -> QueryRun.run(query, view, storage, wishes));
      return HeapAnswers.render(answer, output.format(), output.text(), whole);
    };
  }

  /** {@code 0x7f3a01c0}. */
  static long address(String text) throws UsageException {
    try {
      if (text.startsWith("0x") || text.startsWith("0X")) {
        return Long.parseUnsignedLong(text.substring(2), 16);
      }
    } catch (NumberFormatException notHexadecimal) {
      throw new UsageException("--object=" + text + " is no address; write 0x7f3a01c0");
    }
    throw new UsageException("--object=" + text + " is no address; write 0x7f3a01c0");
  }
}
