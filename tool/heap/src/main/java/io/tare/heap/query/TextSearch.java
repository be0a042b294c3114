package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.Classes;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.heap.index.Passes;
import io.tare.heap.query.Expression.Operator;
import io.tare.heap.query.Values.Texts;
import io.tare.model.heap.HeapValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which strings of the whole dump satisfy conditions on their text. Three walks over the file find out, however many strings there
 * are: the strings say which arrays they have, the arrays are read and judged where they stand, the strings learn the result.
 */
final class TextSearch {
  private static final String STRING = "java.lang.String";

  private final HeapView view;
  private final IdentityHashMap<Expression, Judged> judged = new IdentityHashMap<>();
  private final int stringClass;
  private final int valueOffset;
  private final int coderOffset;
  private final Marks known;

  /** One condition, the arrays whose text fits, and the strings. */
  private record Judged(TextCondition condition, Marks arrays, Marks strings) {}

  private TextSearch(HeapView view, @Nullable HeapClass string, List<TextCondition> conditions) {
    this.view = view;
    this.stringClass = string == null ? -1 : string.number();
    this.valueOffset = string == null ? -1 : offset(string, "value");
    this.coderOffset = string == null ? -1 : offset(string, "coder");
    for (TextCondition condition : conditions) {
      judged.put(condition.condition(), new Judged(condition, marks(), marks()));
    }
    this.known = conditions.isEmpty() ? new Marks(0) : marks();
  }

  /** Knows nothing. */
  static TextSearch none(HeapView view) {
    return new TextSearch(view, null, List.of());
  }

  static TextSearch of(HeapView view, List<TextCondition> conditions) {
    HeapClass string = view.graph().index().classes().named(STRING).orElse(null);
    // Strings of JDK 6 may be a part of their array: those are read one by one.
    boolean simple = string != null && string.field("value").isPresent() && string.field("count").isEmpty();
    TextSearch search = new TextSearch(view, string, simple ? conditions : List.of());
    if (!search.judged.isEmpty()) {
      search.walk();
    }
    return search;
  }

  private static int offset(HeapClass string, String field) {
    return string.field(field).map(FieldAt::offset).orElse(-1);
  }

  private Marks marks() {
    return new Marks(view.graph().objects());
  }

  /** The object that a condition is about; null if this was not searched for. */
  @Nullable
  Expression subject(Expression condition) {
    Judged found = judged.get(condition);
    return found == null ? null : found.condition().subject();
  }

  /** Whether it is a string whose text was read. */
  boolean knows(long address) {
    return !judged.isEmpty() && known.get(view.node(address));
  }

  /** Of a string that it knows. */
  boolean fits(Expression condition, long address) {
    Judged found = judged.get(condition);
    return found != null && found.strings().get(view.node(address));
  }

  private void walk() {
    DumpIndex index = view.graph().index();
    Passes passes = index.passes();
    Marks values = marks();
    Marks wide = marks();
    passes.walk(index.parts(), () -> new StringVisitor((string, array, isWide) -> {
      values.set(array);
      if (isWide) {
        wide.set(array);
      }
    }));
    Marks read = marks();
    passes.walk(index.parts(), () -> new ArrayVisitor(values, wide, read));
    passes.walk(index.parts(), () -> new StringVisitor((string, array, isWide) -> {
      if (read.get(array)) {
        known.set(string);
        judged.values().stream().filter(one -> one.arrays().get(array)).forEach(one -> one.strings().set(string));
      }
    }));
  }

  private interface Link {
    void link(int string, int array, boolean isWide);
  }

  /** Tells of every string which array it has. */
  private final class StringVisitor implements HeapVisitor {
    private final Classes classes = view.graph().index().classes();
    private final Link link;

    StringVisitor(Link link) {
      this.link = link;
    }

    @Override
    public void instance(long id, long classId, Window values, int length) {
      if (classes.find(classId) != stringClass || valueOffset + values.idBytes() > length || coderOffset >= length) {
        return;
      }
      int array = view.node(values.idAt(valueOffset));
      if (array != 0) {
        link.link(view.node(id), array, coderOffset >= 0 && values.u1At(coderOffset) == 1);
      }
    }
  }

  /** Reads and judges the arrays of strings. */
  private final class ArrayVisitor implements HeapVisitor {
    private final Marks values;
    private final Marks wide;
    private final Marks read;
    private final List<Judged> all = new ArrayList<>(judged.values());
    private char[] characters = new char[256];

    ArrayVisitor(Marks values, Marks wide, Marks read) {
      this.values = values;
      this.wide = wide;
      this.read = read;
    }

    @Override
    public void primitiveArray(long id, int type, Window elements, int count) {
      int node = view.node(id);
      if ((type != BasicType.BYTE && type != BasicType.CHAR) || !values.get(node)) {
        return;
      }
      boolean twoBytes = type == BasicType.CHAR || wide.get(node);
      int length = Math.min(Texts.LONGEST, type == BasicType.BYTE && twoBytes ? count / 2 : count);
      if (!elements.has(length * (twoBytes ? 2 : 1))) {
        return;
      }
      String text = text(type, twoBytes, elements, length);
      read.set(node);
      for (Judged one : all) {
        if (one.condition().fits().test(text)) {
          one.arrays().set(node);
        }
      }
    }

    private String text(int type, boolean twoBytes, Window elements, int length) {
      if (characters.length < length) {
        characters = new char[Math.max(length, 2 * characters.length)];
      }
      for (int i = 0; i < length; i++) {
        int first = type == BasicType.CHAR ? elements.u2() : elements.u1();
        characters[i] = (char) (type == BasicType.BYTE && twoBytes ? first | elements.u1() << 8 : first);
      }
      return new String(characters, 0, length);
    }
  }

  /** Objects by number; several threads may mark. */
  private static final class Marks {
    private final AtomicLongArray words;

    Marks(int objects) {
      this.words = new AtomicLongArray((objects >>> 6) + 1);
    }

    void set(int node) {
      words.getAndAccumulate(node >>> 6, 1L << node, (old, bit) -> old | bit);
    }

    boolean get(int node) {
      return (words.get(node >>> 6) >>> node & 1) != 0;
    }
  }

  /**
   * A condition on the text of one object: {@code s LIKE "…"}, {@code toString(n.name) = "…"}, {@code s IN ("…", "…")}.
   *
   * @param condition as it stands in the query
   * @param subject the object whose text it is
   * @param fits what the text has to be
   */
  record TextCondition(Expression condition, Expression subject, Predicate<String> fits) {

    /** All that an expression is made of. */
    static List<TextCondition> in(Expression expression) {
      List<TextCondition> all = new ArrayList<>();
      of(expression).ifPresent(all::add);
      expression.parts().forEach(part -> all.addAll(in(part)));
      return all;
    }

    private static Optional<TextCondition> of(Expression expression) {
      return switch (expression) {
        case Expression.Like like -> Optional.of(
            new TextCondition(like, subject(like.left()), text -> like.pattern().matcher(text).matches()));
        case Expression.Binary(int _, Operator operator, Expression left, Expression right) when isEquality(operator) ->
          text(right).map(wanted -> equality(expression, left, wanted))
              .or(() -> text(left).map(wanted -> equality(expression, right, wanted)));
        case Expression.In in -> {
          Set<String> wanted = new HashSet<>();
          in.options().forEach(option -> text(option).ifPresent(wanted::add));
          yield in.options().stream().allMatch(option -> text(option).isPresent())
              ? Optional.of(new TextCondition(in, subject(in.left()), wanted::contains))
              : Optional.empty();
        }
        case Expression.Method method -> method.arguments().size() == 1
            ? text(method.arguments().getFirst()).flatMap(wanted -> of(method, wanted))
            : Optional.empty();
        default -> Optional.empty();
      };
    }

    private static Optional<TextCondition> of(Expression.Method method, String wanted) {
      Expression subject = subject(method.of());
      return switch (method.method()) {
        case STARTS_WITH -> Optional.of(new TextCondition(method, subject, text -> text.startsWith(wanted)));
        case ENDS_WITH -> Optional.of(new TextCondition(method, subject, text -> text.endsWith(wanted)));
        case CONTAINS -> Optional.of(new TextCondition(method, subject, text -> text.contains(wanted)));
        case EQUALS -> Optional.of(new TextCondition(method, subject, text -> text.equals(wanted)));
        default -> Optional.empty();
      };
    }

    private static boolean isEquality(Operator operator) {
      return operator == Operator.EQUAL || operator == Operator.DIFFERENT;
    }

    private static TextCondition equality(Expression binary, Expression left, String wanted) {
      boolean same = binary instanceof Expression.Binary known && known.operator() == Operator.EQUAL;
      return new TextCondition(binary, subject(left), text -> same == text.equals(wanted));
    }

    private static Optional<String> text(Expression expression) {
      return expression instanceof Expression.Literal(int _, HeapValue.Text(String text))
          ? Optional.of(text)
          : Optional.empty();
    }

    private static Expression subject(Expression expression) {
      return expression instanceof Expression.Call call && call.function() == Expression.Function.TO_STRING
          ? call.argument()
          : expression;
    }
  }
}
