package io.tare.heap.waste;

import io.tare.heap.collections.CollectionKinds;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.Classes;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.Layout;
import io.tare.heap.store.BigArrays.Longs;
import io.tare.heap.store.LongIntMap.Mix;
import io.tare.heap.waste.Waste.Tally;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the contents of every reached object. One thread's own. */
final class WastePass implements HeapVisitor {
  /** The kinds of waste that somebody owns. */
  static final List<String> KINDS = List.of("sparse arrays", "empty collections", "collections of one element");
  private static final int SPARSE = 0;
  private static final int EMPTY = 1;
  private static final int OF_ONE = 2;
  /** An array has at least a header and one element. */
  private static final long SMALLEST_ARRAY = 24;
  private static final int WORTH_LOOKING = 16;
  private static final Set<String> BOXES = Set.of(
      "java.lang.Integer", "java.lang.Long", "java.lang.Short", "java.lang.Byte",
      "java.lang.Character", "java.lang.Boolean", "java.lang.Double", "java.lang.Float");

  /** What is read from, and what all threads write to. */
  record Target(HeapGraph graph, Reach reach, CollectionKinds collections, Repeats repeats, Longs stringValues) {}

  private final Tally tally = new Tally();
  private final List<OwnedWaste> owned;
  private final Target target;
  private final Repeats.Adder repeats;
  private final Classes classes;
  private final Layout layout;
  private final boolean[] isBox;
  private final int stringValueOffset;
  private final int stringClass;
  private final Digest digest = new Digest();
  /** Arrays and bytes of padding by element type: nearly every array has some. */
  private final long[] padded = new long[BasicType.COUNT];
  private final long[] paddingBytes = new long[BasicType.COUNT];
  private long lastClassId;
  private int lastClass = -1;

  WastePass(Target target) {
    this.target = target;
    this.owned = KINDS.stream().map(kind -> new OwnedWaste(kind, target.graph(), target.reach())).toList();
    this.repeats = target.repeats().adder();
    this.classes = target.graph().index().classes();
    this.layout = target.graph().index().layout();
    this.isBox = new boolean[classes.count()];
    classes.all().forEach(heapClass -> isBox[heapClass.number()] = BOXES.contains(heapClass.name()));
    HeapClass string = classes.named("java.lang.String").orElse(null);
    this.stringClass = string == null ? -1 : string.number();
    this.stringValueOffset = string == null ? -1 : string.field("value").map(HeapClass.FieldAt::offset).orElse(-1);
  }

  /** To be called after the walk. */
  Tally finish() {
    repeats.flush();
    for (int type = 0; type < padded.length; type++) {
      if (padded[type] > 0) {
        tally.add("array padding", BasicType.arrayName(type), padded[type], paddingBytes[type]);
      }
    }
    return tally;
  }

  /** One for each of {@link #KINDS}. */
  List<OwnedWaste> owned() {
    return owned;
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    int number = classNumber(classId);
    CollectionKinds.@Nullable Places places = target.collections().growing(number);
    boolean isString = number == stringClass && stringValueOffset >= 0;
    if (!isString && places == null && !isBox[number]) {
      return;
    }
    int node = target.graph().index().objects().find(id);
    if (!target.reach().reached(node)) {
      return;
    }
    if (isString && stringValueOffset + values.idBytes() <= length) {
      markValue(values.idAt(stringValueOffset));
    } else if (places != null && places.fits(length, values.idBytes())) {
      collection(places, values, node);
    } else if (isBox[number]) {
      repeats.add(box(values, length) ^ number * 0x9E37_79B9_7F4A_7C15L, node);
    }
  }

  private int classNumber(long classId) {
    if (classId != lastClassId || lastClass < 0) {
      lastClassId = classId;
      lastClass = classes.find(classId);
    }
    return lastClass;
  }

  private void markValue(long valueId) {
    int node = target.graph().index().objects().find(valueId);
    target.stringValues().orAtomically(node >>> 6, 1L << node);
  }

  private static long box(Window values, int length) {
    long bits = 0;
    for (int i = 0; i < length; i++) {
      bits = bits << 8 | values.u1At(i);
    }
    return bits;
  }

  private void collection(CollectionKinds.Places places, Window values, int node) {
    long size = places.sizeBytes() == 8 ? values.i8At(places.sizeOffset()) : values.i4At(places.sizeOffset());
    if (size == 0 || size == 1) {
      int array = places.arrayOffset() < 0
          ? 0
          : target.graph().index().objects().find(values.idAt(places.arrayOffset()));
      // An array that several empty ones share costs nothing: it is not theirs.
      boolean own = array != 0 && !target.reach().isShared(array) && !target.reach().isRoot(array);
      long arrayBytes = own ? target.graph().shapes().shallowBytes(array) : 0;
      if (size == 0) {
        owned.get(EMPTY).addCollection(node, target.graph().shapes().shallowBytes(node) + arrayBytes);
      } else if (arrayBytes > SMALLEST_ARRAY) {
        owned.get(OF_ONE).addCollection(node, arrayBytes - SMALLEST_ARRAY);
      }
    }
  }

  @Override
  public void objectArray(long id, long classId, Window elements, int count) {
    int node = target.graph().index().objects().find(id);
    if (!target.reach().reached(node)) {
      return;
    }
    if (count > 0 && count < WORTH_LOOKING) {
      return;
    }
    String name = classes.get(classNumber(classId)).name();
    if (count == 0) {
      tally.add("arrays of length 0", name, 1, target.graph().shapes().shallowBytes(node));
      return;
    }
    int used = used(elements, count);
    if (used * 4L <= count) {
      owned.get(SPARSE).addArray(node, (count - used) * (long) layout.referenceBytes());
    }
  }

  private static int used(Window elements, int count) {
    int used = 0;
    int idBytes = elements.idBytes();
    for (long left = count; left > 0;) {
      int ready = elements.ready(idBytes, left * idBytes) / idBytes;
      for (int i = 0; i < ready; i++) {
        used += elements.id() != 0 ? 1 : 0;
      }
      left = ready == 0 ? 0 : left - ready;
    }
    return used;
  }

  @Override
  public void primitiveArray(long id, int type, Window elements, int count) {
    int node = target.graph().index().objects().find(id);
    if (!target.reach().reached(node)) {
      return;
    }
    long bytes = target.graph().shapes().shallowBytes(node);
    if (count == 0) {
      tally.add("arrays of length 0", BasicType.arrayName(type), 1, bytes);
      return;
    }
    padded[type]++;
    paddingBytes[type] += bytes - layout.unpaddedArrayBytes(type, count);
    long contentBytes = (long) count * BasicType.bytes(type, elements.idBytes());
    digest.of(elements, contentBytes, type);
    if (digest.isZero()) {
      tally.add("arrays of zeros", BasicType.arrayName(type), 1, bytes);
      return;
    }
    if (digest.zerosAtEnd() * 2 > contentBytes && digest.zerosAtEnd() >= 64) {
      tally.add("over-long arrays", BasicType.arrayName(type), 1, digest.zerosAtEnd());
    }
    repeats.add(digest.value(), node);
  }
}

/** A 64-bit digest of an array's content, and how many zeros it ends with. */
final class Digest {
  private static final long FACTOR = 0x9FB2_1C65_1E98_DF25L;

  private long hash;
  private long zerosAtEnd;
  private boolean zero;

  /** Moves the window past the content. */
  void of(Window content, long bytes, int type) {
    hash = bytes * 31 + type;
    zerosAtEnd = 0;
    zero = true;
    long left = bytes;
    while (left >= Long.BYTES) {
      int words = content.ready(Long.BYTES, left) >>> 3;
      if (words == 0) {
        return;
      }
      for (int i = 0; i < words; i++) {
        word(content.i8());
      }
      left -= (long) words << 3;
    }
    if (left > 0) {
      rest(content, (int) left);
    }
  }

  /** The last bytes, fewer than a word. */
  private void rest(Window content, int bytes) {
    long value = 0;
    if (content.has(Long.BYTES)) {
      value = content.i8At(0) >>> (Long.SIZE - bytes * Byte.SIZE);
      content.skip(bytes);
    } else if (content.has(bytes)) {
      for (int i = 0; i < bytes; i++) {
        value = value << Byte.SIZE | content.u1();
      }
    }
    mix(value);
    zerosAtEnd = value == 0 ? zerosAtEnd + bytes : Long.numberOfTrailingZeros(value) >>> 3;
  }

  private void word(long word) {
    mix(word);
    zerosAtEnd = word == 0 ? zerosAtEnd + Long.BYTES : Long.numberOfTrailingZeros(word) >>> 3;
  }

  private void mix(long word) {
    hash = Long.rotateLeft(hash ^ (word * FACTOR), 27) * 5 + 1;
    zero &= word == 0;
  }

  long value() {
    return Mix.mix(hash);
  }

  long zerosAtEnd() {
    return zerosAtEnd;
  }

  boolean isZero() {
    return zero;
  }
}
