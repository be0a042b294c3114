package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.Classes;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.heap.query.Expression.Operator;
import io.tare.heap.query.Values.Texts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which strings of the whole dump satisfy conditions on their text. One walk over the file finds out, however many strings there are: small
 * arrays of bytes are judged where they stand, as if they were a string's of one byte a character, and strings say which arrays they have. Only
 * long strings and those of two bytes a character take another walk, over the parts of the file where their arrays lie.
 */
final class TextSearch {
  private static final String STRING = "java.lang.String";
  /** Longer arrays are mostly no texts, and are read when a string has one. */
  private static final int SMALL = 256;

  private final HeapView view;
  private final IdentityHashMap<Expression, Judged> judged = new IdentityHashMap<>();
  private final int stringClass;
  private final int valueOffset;
  private final int coderOffset;
  private final Marks known;

  /** One condition, the arrays whose text fits, read as one byte a character or as two, and the strings. */
  private record Judged(TextCondition condition, Marks narrow, Marks wide, Marks strings) {}

  private TextSearch(HeapView view, @Nullable HeapClass string, List<TextCondition> conditions) {
    this.view = view;
    this.stringClass = string == null ? -1 : string.number();
    this.valueOffset = string == null ? -1 : offset(string, "value");
    this.coderOffset = string == null ? -1 : offset(string, "coder");
    for (TextCondition condition : conditions) {
      judged.put(condition.condition(), new Judged(condition, marks(), marks(), marks()));
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

  /** Whether an object can't satisfy what is asked of it, by its own text. */
  boolean excludes(Expression where, int node) {
    if (where instanceof Expression.Binary both && both.operator() == Operator.AND) {
      // The right side is not looked at where the left does not hold; what is wrong with the left is to be said.
      return excludes(both.left(), node);
    }
    Judged one = judged.get(where);
    return one != null && one.condition().subject() instanceof Expression.Self && known.get(node)
        && !one.strings().get(node);
  }

  private void walk() {
    DumpIndex index = view.graph().index();
    Marks read = marks();
    Links left = new Links();
    for (FirstLook look : index.passes().walk(index.parts(), () -> new FirstLook(read))) {
      look.links.each(link -> {
        if (Links.isWide(link) || !link(link, read)) {
          left.add(Links.string(link), Links.array(link), Links.isWide(link));
        }
      });
    }
    Marks wide = marks();
    Marks narrow = marks();
    BitSet arrays = new BitSet();
    left.each(link -> {
      (Links.isWide(link) ? wide : narrow).set(Links.array(link));
      arrays.set(Links.array(link));
    });
    Marks again = marks();
    walkAgain(index.partsAround(arrays.stream().toArray()), narrow, wide, again);
    if (arrays.stream().anyMatch(array -> !again.get(array))) {
      walkAgain(index.parts(), narrow, wide, again);
    }
    left.each(link -> link(link, again));
  }

  private void walkAgain(List<Segment> parts, Marks narrow, Marks wide, Marks read) {
    if (!parts.isEmpty()) {
      view.graph().index().passes().walk(parts, () -> new SecondLook(narrow, wide, read));
    }
  }

  /** A string learns what was found out of its array; false if that was not read. */
  private boolean link(long link, Marks read) {
    int array = Links.array(link);
    int string = Links.string(link);
    if (!read.get(array)) {
      return false;
    }
    known.set(string);
    for (Judged one : judged.values()) {
      if ((Links.isWide(link) ? one.wide() : one.narrow()).get(array)) {
        one.strings().set(string);
      }
    }
    return true;
  }

  /** The first walk: judges small arrays, and gathers who has which. One thread's own. */
  private final class FirstLook implements HeapVisitor {
    private final Classes classes = view.graph().index().classes();
    private final Judge judge = new Judge(judged.values());
    private final Links links = new Links();
    private final Marks read;
    private long lastClassId;
    private boolean isString;

    FirstLook(Marks read) {
      this.read = read;
    }

    @Override
    public void instance(long id, long classId, Window values, int length) {
      if (classId != lastClassId) {
        lastClassId = classId;
        isString = classes.find(classId) == stringClass;
      }
      if (!isString || valueOffset + values.idBytes() > length || coderOffset >= length) {
        return;
      }
      int array = view.node(values.idAt(valueOffset));
      if (array != 0) {
        links.add(view.node(id), array, coderOffset >= 0 && values.u1At(coderOffset) == 1);
      }
    }

    @Override
    public void primitiveArray(long id, int type, Window elements, int count) {
      boolean isText = type == BasicType.BYTE || type == BasicType.CHAR;
      if (isText && count <= SMALL && elements.has(count * BasicType.bytes(type, elements.idBytes()))) {
        int node = view.node(id);
        judge.look(elements, count, type == BasicType.CHAR ? Letters.CHARS : Letters.BYTES);
        judge.fitting(one -> one.narrow().set(node));
        read.set(node);
      }
    }
  }

  /** The second walk: judges the arrays that are wanted. One thread's own. */
  private final class SecondLook implements HeapVisitor {
    private final Judge judge = new Judge(judged.values());
    private final Marks narrow;
    private final Marks wide;
    private final Marks read;

    SecondLook(Marks narrow, Marks wide, Marks read) {
      this.narrow = narrow;
      this.wide = wide;
      this.read = read;
    }

    @Override
    public void primitiveArray(long id, int type, Window elements, int count) {
      int node = view.node(id);
      if (type == BasicType.CHAR && (narrow.get(node) || wide.get(node))) {
        look(elements, Math.min(Texts.LONGEST, count), Letters.CHARS, one -> {
          one.narrow().set(node);
          one.wide().set(node);
        }, node);
      } else if (type == BasicType.BYTE) {
        if (narrow.get(node)) {
          look(elements, Math.min(Texts.LONGEST, count), Letters.BYTES, one -> one.narrow().set(node), node);
        }
        if (wide.get(node)) {
          look(elements, Math.min(Texts.LONGEST, count / 2), Letters.PAIRS, one -> one.wide().set(node), node);
        }
      }
    }

    private void look(Window elements, int count, Letters letters, Consumer<Judged> fitting, int node) {
      if (elements.has(count * letters.bytes())) {
        judge.look(elements, count, letters);
        judge.fitting(fitting);
        read.set(node);
      }
    }
  }

  /** How the characters of a text stand in its array. */
  private enum Letters {
    /** One byte each. */
    BYTES(1),
    /** Two bytes each in an array of bytes, in the order of the machine that wrote them, nowadays little-endian. */
    PAIRS(2),
    /** In an array of characters, in the order of the dump. */
    CHARS(2);

    private final int bytes;

    Letters(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }

    char at(Window content, int number) {
      return switch (this) {
        case BYTES -> (char) content.u1At(number);
        case PAIRS -> (char) (content.u1At(2 * number) | content.u1At(2 * number + 1) << Byte.SIZE);
        case CHARS -> (char) content.u2At(2 * number);
      };
    }
  }

  /** Judges a text where it stands: most begin otherwise than a condition wants, and become no text at all. One thread's own. */
  private static final class Judge {
    private final List<Judged> all;
    private final List<Judged> fitting = new ArrayList<>();
    private char[] characters = new char[SMALL];

    Judge(Collection<Judged> all) {
      this.all = List.copyOf(all);
    }

    void look(Window content, int count, Letters letters) {
      fitting.clear();
      String text = null;
      for (Judged one : all) {
        if (begins(one.condition(), content, count, letters)) {
          text = text == null ? text(content, count, letters) : text;
          if (one.condition().fits().test(text)) {
            fitting.add(one);
          }
        }
      }
    }

    private static boolean begins(TextCondition condition, Window content, int count, Letters letters) {
      String beginning = condition.beginning();
      boolean begins = beginning.length() <= count;
      for (int i = 0; begins && i < beginning.length(); i++) {
        begins = letters.at(content, i) == beginning.charAt(i);
      }
      return begins;
    }

    private String text(Window content, int count, Letters letters) {
      if (characters.length < count) {
        characters = new char[Math.max(count, 2 * characters.length)];
      }
      for (int i = 0; i < count; i++) {
        characters[i] = letters.at(content, i);
      }
      return new String(characters, 0, count);
    }

    void fitting(Consumer<Judged> each) {
      fitting.forEach(each);
    }
  }

  /** Strings with their arrays, in chunks that are never copied. */
  private static final class Links {
    private static final int CHUNK = 1 << 14;
    private static final long WIDE = Long.MIN_VALUE;

    private final List<long[]> chunks = new ArrayList<>();
    private int used = CHUNK;

    void add(int string, int array, boolean isWide) {
      if (used == CHUNK) {
        chunks.add(new long[CHUNK]);
        used = 0;
      }
      chunks.getLast()[used++] = (isWide ? WIDE : 0) | (long) string << Integer.SIZE | array;
    }

    void each(LongConsumer each) {
      for (int at = 0; at < chunks.size(); at++) {
        int count = at + 1 == chunks.size() ? used : CHUNK;
        for (int i = 0; i < count; i++) {
          each.accept(chunks.get(at)[i]);
        }
      }
    }

    static boolean isWide(long link) {
      return link < 0;
    }

    static int string(long link) {
      return (int) (link >>> Integer.SIZE) & Integer.MAX_VALUE;
    }

    static int array(long link) {
      return (int) link;
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
}
