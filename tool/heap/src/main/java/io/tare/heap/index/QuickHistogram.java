package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.ClassesBuilder.Measure;
import io.tare.heap.index.FirstPass.Gathered;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Objects and bytes by class in one walk, reachable or not, without what is retained. */
public final class QuickHistogram {
  private static final int SAMPLES = 16;
  private static final long SAMPLE_BYTES = 4 << 20;

  private final Outline outline;
  private final Passes passes;
  private final Map<String, long[]> sums = new HashMap<>();

  private QuickHistogram(Outline outline, Passes passes) {
    this.outline = outline;
    this.passes = passes;
  }

  /** Most bytes first. */
  public static List<HistogramLine> of(Outline outline, Passes passes) {
    return new QuickHistogram(outline, passes).count();
  }

  private List<HistogramLine> count() {
    Gathered sampled = Gathered.merge(passes.walk(samples(), FirstPass::counting));
    Neighbours inFile = Neighbours.inFile(sampled.classes().stream().mapToLong(ClassDump::id).toArray());
    Layout layout = Layout.Detection.find(outline, sampled, inFile).layout();
    StackSizes stacks = StackSizes.of(outline, sampled.classes());
    List<CountPass> counts = passes.walk(outline.segments(), () -> new CountPass(layout, stacks));
    Gathered gathered = Gathered.merge(counts.stream().map(count -> count.first).toList());
    Neighbours neighbours = Neighbours.inFile(gathered.classes().stream().mapToLong(ClassDump::id).toArray());
    Measure measure = new Measure(layout, neighbours);
    Classes classes = new ClassesBuilder(outline, gathered, measure, ReferenceStrength.USUAL, id -> 0).build();
    gathered.tallies().forEach((id, tally) -> {
      HeapClass heapClass = classes.get(classes.find(id));
      boolean hasStack = heapClass.kind() == HeapClass.Kind.STACK_CHUNK;
      add(heapClass.name(), tally.objects, tally.array || hasStack ? 0 : tally.objects * heapClass.instanceBytes());
      if (hasStack) {
        counts.forEach(count -> count.stackWords.forEach((words, chunks) -> add(heapClass.name(), 0,
            chunks[0] * layout.withStack(heapClass.instanceBytes(), words))));
      }
    });
    for (CountPass count : counts) {
      count.objectArrayBytes.forEach((id, bytes) -> add(classes.get(classes.find(id)).name(), 0, bytes[0]));
      for (int type = BasicType.BOOLEAN; type < BasicType.COUNT; type++) {
        add(BasicType.arrayName(type), count.primitiveArrays[type], count.primitiveArrayBytes[type]);
      }
    }
    MirrorSizes mirrors = MirrorSizes.modelled(outline, classes, layout);
    gathered.classes().forEach(dump -> add("java.lang.Class", 1, mirrors.bytes(dump)));
    return lines();
  }

  /** Some segments from all over the dump. */
  private List<Segment> samples() {
    List<Segment> all = outline.segments();
    List<Segment> samples = new ArrayList<>();
    int step = Math.max(1, all.size() / SAMPLES);
    // The classes stand in the first ones.
    for (int i = 0; i < all.size(); i += i < SAMPLES ? 1 : step) {
      Segment segment = all.get(i);
      boolean small = segment.to() - segment.from() <= SAMPLE_BYTES;
      if (small || i == 0) {
        samples.add(segment);
      }
    }
    return samples;
  }

  private void add(String name, long objects, long bytes) {
    long[] sum = sums.computeIfAbsent(name, key -> new long[2]);
    sum[0] += objects;
    sum[1] += bytes;
  }

  private List<HistogramLine> lines() {
    List<HistogramLine> lines = new ArrayList<>();
    sums.forEach((name, sum) -> {
      if (sum[0] > 0) {
        lines.add(new HistogramLine(name, sum[0], sum[1], OptionalLong.empty()));
      }
    });
    lines.sort(
        Comparator.comparingLong(HistogramLine::shallowBytes).reversed().thenComparing(HistogramLine::name));
    return lines;
  }
}

/** Counts objects and the bytes of arrays by class; knows nothing of single objects. One thread's own. */
final class CountPass implements HeapVisitor {
  final FirstPass first = FirstPass.counting();
  /** Objects and bytes by element type. */
  final long[] primitiveArrays = new long[BasicType.COUNT];
  final long[] primitiveArrayBytes = new long[BasicType.COUNT];
  final Map<Long, long[]> objectArrayBytes = new HashMap<>();
  /** How many chunks there are with a stack of so many words. */
  final Map<Long, long[]> stackWords = new HashMap<>();
  private final Layout layout;
  private final StackSizes stacks;
  private long lastClassId;
  private long[] lastBytes = new long[1];

  CountPass(Layout layout, StackSizes stacks) {
    this.layout = layout;
    this.stacks = stacks;
  }

  @Override
  public void classDump(ClassDump dump) {
    first.classDump(dump);
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    first.instance(id, classId, values, length);
    if (classId == stacks.classId() && stacks.offset() + 4 <= length) {
      long words = Math.max(0, values.i4At(stacks.offset()));
      stackWords.computeIfAbsent(words, key -> new long[1])[0]++;
    }
  }

  @Override
  public void objectArray(long id, long classId, Window elements, int count) {
    first.objectArray(id, classId, elements, count);
    if (classId != lastClassId) {
      lastClassId = classId;
      lastBytes = objectArrayBytes.computeIfAbsent(classId, key -> new long[1]);
    }
    lastBytes[0] += layout.arrayBytes(BasicType.OBJECT, count);
  }

  @Override
  public void primitiveArray(long id, int type, Window elements, int count) {
    first.primitiveArray(id, type, elements, count);
    primitiveArrays[type]++;
    primitiveArrayBytes[type] += layout.arrayBytes(type, count);
  }

  @Override
  public void pieceEnds(long from, long to) {
    first.pieceEnds(from, to);
  }
}

/**
 * Where the pieces of virtual threads' stacks say how long they are.
 *
 * @param classId 0 if the dump has none
 * @param offset of the field in an instance's values
 */
record StackSizes(long classId, int offset) {
  static StackSizes of(Outline outline, List<ClassDump> classes) {
    for (ClassDump dump : classes) {
      Long name = outline.classNames().get(dump.id());
      if (name != null && outline.names().is(name, HiddenLayout.STACK_CHUNK.replace('.', '/'))) {
        int offset = 0;
        for (ClassDump.Field field : dump.fields()) {
          if (outline.names().is(field.nameId(), "size")) {
            return new StackSizes(dump.id(), offset);
          }
          offset += BasicType.bytes(field.type(), outline.header().idBytes());
        }
      }
    }
    return new StackSizes(0, 0);
  }
}
