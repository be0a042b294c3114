package io.tare.app.heap;

import io.tare.app.cli.UsageException;
import io.tare.heap.HeapSession;
import io.tare.heap.index.Classes.ClassSearch;
import io.tare.heap.index.HeapClass;
import io.tare.heap.lookup.ClassLookup;
import io.tare.heap.lookup.CollectionLookup;
import io.tare.heap.lookup.HeldLookup;
import io.tare.heap.lookup.NotInDump;
import io.tare.heap.lookup.ObjectLookup;
import io.tare.heap.query.Query;
import io.tare.heap.query.QueryError;
import io.tare.heap.query.QueryRun;
import io.tare.heap.query.QueryRun.Wishes;
import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HeapCollections;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.HeapReport;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HeldObjects;
import io.tare.model.heap.SelectAnswer;
import io.tare.report.heap.HeapAnswers;
import io.tare.report.heap.HeapRenderers;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers to one question after the other about a dump that is open, in the form that is asked for. */
record DumpAnswers(HeapSession session, Format format, TextOptions text) {

  String summary() throws IOException {
    return HeapRenderers.render(new HeapReport(session.summary(), Optional.empty(), Optional.empty()), format, text);
  }

  /** Live classes by what they retain. */
  String classes() throws IOException {
    HeapSummary summary = session.summary();
    return HeapAnswers.render(new HeapHistogram(summary.byClass(), List.of()), format, text);
  }

  String object(String address) throws NotInDump, UsageException {
    long known = HeapQuestion.address(address);
    return HeapAnswers.render(session.<HeapObject, NotInDump>ask(
        (view, storage, problems) -> ObjectLookup.of(known, view, storage)), format, text);
  }

  String ofClass(String name) throws NotInDump {
    return HeapAnswers.render(session.<HeapClassAnswer, NotInDump>ask(
        (view, storage, problems) -> ClassLookup.of(name, view)), format, text);
  }

  /** What collections cost: of a class, of those that fit a pattern, or with an empty name all. */
  String collections(String name) throws NotInDump {
    return HeapAnswers.render(session.<HeapCollections, NotInDump>ask(
        (view, storage, problems) -> CollectionLookup.of(name, view, storage, problems)), format, text);
  }

  String select(String query) throws QueryError {
    Query parsed = Query.parse(query);
    Wishes wishes = new Wishes(false, false, QueryRun.USUAL_ROWS);
    return HeapAnswers.render(session.<SelectAnswer, QueryError>ask(
        (view, storage, problems) -> QueryRun.run(parsed, view, storage, wishes)), format, text, false);
  }

  /** What an object, or with the address 0 no single object, alone holds; some at a time. */
  String held(String address, int from, int count) throws NotInDump, UsageException {
    long holder = HeapQuestion.address(address);
    return HeapAnswers.render(session.<HeldObjects, NotInDump>ask(
        (view, storage, problems) -> HeldLookup.of(holder, from, count, view)));
  }

  /** Names of classes with this in them, those that begin so first; at most so many. */
  List<String> classNames(String part, int most) {
    return session.<List<String>, RuntimeException>ask((view, storage, problems) -> view.graph().index().classes().all()
        .stream().map(HeapClass::name).filter(name -> name.contains(part)).distinct()
        .sorted(Comparator.comparing((String name) -> !name.startsWith(part)).thenComparing(name -> name))
        .limit(most).toList());
  }

  /** The fields of the objects of a class. */
  List<String> fieldNames(String className) {
    return session.<List<String>, RuntimeException>ask((view, storage, problems) -> ClassSearch
        .named(view.graph().index().classes(), className).stream().flatMap(found -> found.fields().stream())
        .map(HeapClass.FieldAt::name).distinct().toList());
  }
}
