package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.query.Candidates.FieldCheck;
import io.tare.heap.query.Candidates.Subclasses;
import io.tare.heap.query.Expression.Attribute;
import io.tare.heap.query.Query.Column;
import io.tare.heap.query.Query.Named;
import io.tare.heap.query.Query.Order;
import io.tare.heap.query.Query.Select;
import io.tare.heap.query.QueryRun.Wishes;
import io.tare.heap.query.Values.Comparison;
import io.tare.heap.query.Values.Texts;
import io.tare.heap.store.Storage;
import io.tare.model.heap.HeapValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Answers one SELECT, some hundred thousand objects at a time. */
final class SelectRun {
  private static final int BATCH = 400_000;
  /** From so many objects on it pays to judge all strings of the dump in one go. */
  private static final int MANY = 10_000;
  private static final int MOST_DISTINCT = 1_000_000;
  private static final int MOST_INNER = 20_000_000;
  private static final int MOST_INNER_VALUES = 5_000_000;
  private static final List<Column> EVERYTHING = List.of(new Column("object", new Expression.Self(0)),
      new Column("shallowBytes", new Expression.Property(0, new Expression.Self(0), Attribute.SHALLOW)),
      new Column("retainedBytes", new Expression.Property(0, new Expression.Self(0), Attribute.RETAINED)));

  /** What every SELECT of a query stands on. */
  record Ground(HeapView view, Storage storage, Wishes wishes) {}

  private final Select select;
  private final Ground ground;
  private final HeapView view;
  private final List<Column> columns;
  private final Candidates candidates;
  private final Ranking ranking;
  private final GroupTable groups;
  private final TextSearch search;
  private final IdentityHashMap<Expression, Set<Object>> subSelects = new IdentityHashMap<>();
  private final Set<List<HeapValue>> seen = new HashSet<>();
  private final BitSet seenObjects = new BitSet();
  private final BitSet selected = new BitSet();

  /** What reads one batch; what it has read goes with it. */
  private record Batch(ObjectReader reader, Evaluator evaluator, Warmup warmup) {}

  /** @param usualRows how many rows are kept if the query sets no limit */
  SelectRun(Select select, Ground ground, long usualRows) throws QueryError {
    this.select = select;
    this.ground = ground;
    this.view = ground.view();
    this.columns = select.listsObjects() ? EVERYTHING : select.columns();
    boolean unreachableToo = ground.wishes().unreachableToo();
    this.candidates = Candidates.of(select.source(), view, unreachableToo, this::inner);
    this.ranking = new Ranking(select.order(), select.limit().orElse(usualRows));
    this.groups = new GroupTable(select);
    List<Expression> expressions = expressions();
    if (!ground.wishes().unknownFieldsAreNull()) {
      FieldCheck.check(expressions, candidates.ofClasses());
    }
    for (Expression expression : expressions) {
      new Subclasses(view).check(expression);
      runInner(expression);
    }
    boolean many = select.where().isPresent() && candidates.areAtLeast(MANY);
    this.search = many ? TextSearch.of(view, TextCondition.in(select.where().get())) : TextSearch.none(view);
    select.where().ifPresent(where -> candidates.leaveOut(node -> search.excludes(where, node)));
  }

  private boolean hasRowsOfTotals() {
    return select.isTotal() || !select.groups().isEmpty();
  }

  /** All that the query computes. */
  private List<Expression> expressions() {
    List<Expression> all = new ArrayList<>(select.columns().stream().map(Column::expression).toList());
    select.where().ifPresent(all::add);
    if (hasRowsOfTotals()) {
      all.addAll(groups.needed());
    } else {
      select.order().forEach(order -> all.add(order.by()));
    }
    return all;
  }

  /** The objects of a SELECT or an expression after FROM. */
  private long[] inner(Named named) throws QueryError {
    if (named instanceof Named.Found(Select inner)) {
      return new SelectRun(inner, ground, MOST_INNER).objects();
    }
    if (named instanceof Named.Computed(Expression expression)) {
      ObjectReader reader = new ObjectReader(view.graph().index());
      Relations relations = new Relations(view, reader, ground.wishes().unreachableToo());
      HeapValue value = new Evaluator(view, relations, reader, TextSearch.none(view), new IdentityHashMap<>())
          .value(expression, 0);
      return addresses(value).filter(address -> view.node(address) != 0).toArray();
    }
    return new long[0];
  }

  private void runInner(Expression expression) throws QueryError {
    if (expression instanceof Expression.InSelect in) {
      subSelects.put(in, new SelectRun(in.select(), ground, MOST_INNER).keys());
    }
    for (Expression part : expression.parts()) {
      runInner(part);
    }
  }

  List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /** What has to be said besides the rows; known after {@link #rows}. */
  List<String> notes() {
    Subclasses subclasses = new Subclasses(view);
    Set<String> notes = new LinkedHashSet<>();
    if (select.source().named() instanceof Named.ClassName(String className) && select.source().withSubclasses()) {
      subclasses.note(className).ifPresent(notes::add);
    }
    expressions().forEach(expression -> notes.addAll(subclasses.notes(expression)));
    if (found() == 0 && select.where().map(SelectRun::hasPercent).orElse(false)) {
      notes.add("LIKE takes a regular expression, in which % stands for itself: write .* for any characters");
    }
    return List.copyOf(notes);
  }

  /** As SQL has it: a pattern with % and nothing that a regular expression would have instead. */
  private static boolean hasPercent(Expression expression) {
    boolean here = expression instanceof Expression.Like like && like.pattern().pattern().contains("%")
        && !like.pattern().pattern().contains("*");
    return here || expression.parts().stream().anyMatch(SelectRun::hasPercent);
  }

  /** Rows that there are, listed or not; known after {@link #rows}. */
  long found() {
    return Math.min(hasRowsOfTotals() ? groups.count() : ranking.arrived(), select.limit().orElse(Long.MAX_VALUE));
  }

  List<List<HeapValue>> rows() throws QueryError {
    takeAll();
    if (hasRowsOfTotals()) {
      List<List<HeapValue>> rows = groups.rows(select.limit().orElse(ground.wishes().usualRows()));
      return RowLabels.labelled(rows, open().reader());
    }
    List<List<HeapValue>> rows = new ArrayList<>();
    for (List<Long> objects : batches(ranking.addresses())) {
      Batch batch = open();
      rows.addAll(RowLabels.labelled(values(objects, batch), batch.reader()));
    }
    return rows;
  }

  /** The objects that a SELECT inside another one gives. */
  private long[] objects() throws QueryError {
    if (select.listsObjects()) {
      takeAll();
      return ranking.addresses();
    }
    return innerValues().stream().flatMapToLong(SelectRun::addresses).filter(address -> view.node(address) != 0)
        .toArray();
  }

  private static java.util.stream.LongStream addresses(HeapValue value) {
    return switch (value) {
      case HeapValue.Reference reference -> java.util.stream.LongStream.of(reference.address());
      case HeapValue.Whole whole -> java.util.stream.LongStream.of(whole.number());
      case HeapValue.Many many -> many.values().stream().flatMapToLong(SelectRun::addresses);
      default -> java.util.stream.LongStream.empty();
    };
  }

  /** What a value has to be equal to one of. */
  private Set<Object> keys() throws QueryError {
    Set<Object> keys = new HashSet<>();
    if (select.listsObjects()) {
      Arrays.stream(objects()).forEach(keys::add);
      return keys;
    }
    for (HeapValue value : innerValues()) {
      List<HeapValue> all = value instanceof HeapValue.Many many ? many.values() : List.of(value);
      for (HeapValue one : all) {
        Object key = Evaluator.key(one);
        if (key != null) {
          keys.add(key);
        }
      }
    }
    return keys;
  }

  private List<HeapValue> innerValues() throws QueryError {
    takeAll();
    if (hasRowsOfTotals()) {
      return groups.rows(MOST_INNER_VALUES).stream().map(List::getFirst).toList();
    }
    List<HeapValue> all = new ArrayList<>();
    for (List<Long> objects : batches(ranking.addresses())) {
      values(objects, open()).forEach(row -> all.add(row.getFirst()));
      if (all.size() > MOST_INNER_VALUES) {
        throw new QueryError(select.source().at(), "more than " + MOST_INNER_VALUES + " values; narrow it by WHERE");
      }
    }
    return all;
  }

  private static List<List<Long>> batches(long[] addresses) {
    List<List<Long>> batches = new ArrayList<>();
    for (int from = 0; from < addresses.length; from += BATCH) {
      batches.add(Arrays.stream(addresses, from, Math.min(from + BATCH, addresses.length)).boxed().toList());
    }
    return batches;
  }

  private void takeAll() throws QueryError {
    for (List<Long> batch = candidates.next(BATCH); !batch.isEmpty(); batch = candidates.next(BATCH)) {
      take(batch);
    }
    if (select.shape().retainedSet()) {
      BitSet retained = RetainedSet.of(selected, view, ground.storage());
      long[] addresses = retained.stream().mapToLong(view::address).toArray();
      for (List<Long> batch : batches(addresses)) {
        rank(batch, open());
      }
    }
  }

  private Batch open() {
    ObjectReader reader = new ObjectReader(view.graph().index());
    Relations relations = new Relations(view, reader, ground.wishes().unreachableToo());
    Evaluator evaluator = new Evaluator(view, relations, reader, search, subSelects);
    return new Batch(reader, evaluator, new Warmup(view, relations, reader, evaluator, search));
  }

  private void take(List<Long> objects) throws QueryError {
    Batch batch = open();
    List<Long> fitting = fitting(objects, batch);
    if (hasRowsOfTotals()) {
      batch.warmup().prepare(groups.needed(), fitting);
      batch.warmup().prepareStrings(groups.keys(), fitting);
      Comparison comparison = new Comparison(new Texts(batch.reader()));
      for (long object : fitting) {
        groups.add(object, batch.evaluator(), comparison);
      }
    } else if (select.shape().objects()) {
      flatten(fitting, batch);
    } else if (select.shape().retainedSet()) {
      fitting.forEach(address -> selected.set(view.node(address)));
    } else {
      rank(fitting, batch);
    }
  }

  /** The objects that the column gives, in the place of those that it is computed from. */
  private void flatten(List<Long> objects, Batch batch) throws QueryError {
    Expression column = select.columns().getFirst().expression();
    batch.warmup().prepare(List.of(column), objects);
    List<Expression> keys = select.order().stream().map(Order::by).toList();
    batch.warmup().prepare(keys, objects);
    for (long object : objects) {
      List<HeapValue> ranks = values(keys, object, batch);
      for (long address : addresses(batch.evaluator().value(column, object)).toArray()) {
        int node = view.node(address);
        if (node == 0) {
          throw new QueryError(column.at(),
              "OBJECTS is followed by an expression that gives objects or their addresses");
        }
        if (select.shape().retainedSet()) {
          selected.set(node);
        } else if (!select.shape().distinct() || !seenObjects.get(node)) {
          seenObjects.set(node);
          ranking.add(address, ranks);
        }
      }
    }
  }

  private void rank(List<Long> objects, Batch batch) throws QueryError {
    List<Expression> keys = select.order().stream().map(Order::by).toList();
    batch.warmup().prepare(keys, objects);
    for (long object : objects) {
      ranking.add(object, values(keys, object, batch));
    }
  }

  private List<Long> fitting(List<Long> objects, Batch batch) throws QueryError {
    List<Long> fitting = objects;
    if (select.where().isPresent()) {
      Expression where = select.where().get();
      batch.warmup().prepare(List.of(where), objects);
      fitting = new ArrayList<>();
      for (long object : objects) {
        if (batch.evaluator().holds(where, object)) {
          fitting.add(object);
        }
      }
    }
    return select.shape().distinct() && !select.shape().objects() ? distinct(fitting, batch) : fitting;
  }

  private List<Long> distinct(List<Long> objects, Batch batch) throws QueryError {
    List<Long> distinct = new ArrayList<>();
    if (select.listsObjects()) {
      for (long object : objects) {
        if (!seenObjects.get(view.node(object))) {
          seenObjects.set(view.node(object));
          distinct.add(object);
        }
      }
      return distinct;
    }
    List<Expression> expressions = columns.stream().map(Column::expression).toList();
    batch.warmup().prepare(expressions, objects);
    for (long object : objects) {
      if (seen.add(values(expressions, object, batch))) {
        distinct.add(object);
      }
    }
    if (seen.size() > MOST_DISTINCT) {
      throw new QueryError(select.source().at(), "more than " + MOST_DISTINCT + " distinct rows; narrow it by WHERE");
    }
    return distinct;
  }

  private List<List<HeapValue>> values(List<Long> objects, Batch batch) throws QueryError {
    List<Expression> expressions = columns.stream().map(Column::expression).toList();
    batch.warmup().prepare(expressions, objects);
    List<List<HeapValue>> rows = new ArrayList<>();
    for (long object : objects) {
      rows.add(values(expressions, object, batch));
    }
    return rows;
  }

  private static List<HeapValue> values(List<Expression> expressions, long object, Batch batch) throws QueryError {
    List<HeapValue> values = new ArrayList<>();
    for (Expression expression : expressions) {
      values.add(batch.evaluator().value(expression, object));
    }
    return values;
  }
}
