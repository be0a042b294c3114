package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.Outline;
import java.util.HashMap;
import java.util.Map;

/**
 * Sizes of the {@code java.lang.Class} objects: an instance of that class plus the static fields. What HotSpot injects into
 * {@code Class} no dump shows, so the instance's part is measured: the distance to the next object is never smaller.
 */
public final class MirrorSizes {
  private static final int LARGEST_FIELD = 8;

  private final Layout layout;
  private final Outline outline;
  private final int classNumber;
  private final Map<Long, Boolean> synthetic = new HashMap<>();
  private long instanceBytes;

  private MirrorSizes(Outline outline, Classes classes, Layout layout) {
    this.layout = layout;
    this.outline = outline;
    HeapClass unknown = classes.get(classes.ofPrimitiveArray(BasicType.BYTE));
    HeapClass javaLangClass = classes.named("java.lang.Class").orElse(unknown);
    this.classNumber = javaLangClass.number();
    this.instanceBytes = Math.max(javaLangClass.instanceBytes(), layout.aligned(layout.headerBytes()));
  }

  public static MirrorSizes of(DumpIndex index) {
    MirrorSizes sizes = new MirrorSizes(index.outline(), index.classes(), index.layout());
    sizes.measure(index);
    return sizes;
  }

  /** Without the addresses of objects: only what the class of classes shows. */
  static MirrorSizes modelled(Outline outline, Classes classes, Layout layout) {
    return new MirrorSizes(outline, classes, layout);
  }

  /** Takes the smallest distance that several classes agree on. */
  private void measure(DumpIndex index) {
    Map<Long, Integer> votes = new HashMap<>();
    for (HeapClass heapClass : index.classes().all()) {
      int node = heapClass.node();
      if (node == 0 || node == index.objects().size()) {
        continue;
      }
      long gap = index.objects().idOf(node + 1) - heapClass.id();
      long statics = index.classes().dump(heapClass).map(this::staticBytes).orElse(0L);
      if (gap % layout.alignmentBytes() == 0 && gap - statics >= instanceBytes && gap - statics < instanceBytes + 256) {
        votes.merge(gap - statics, 1, Integer::sum);
      }
    }
    int enough = Math.max(3, index.classes().count() / 50);
    votes.entrySet().stream()
        .filter(vote -> vote.getValue() >= enough)
        .mapToLong(Map.Entry::getKey)
        .min()
        .ifPresent(bytes -> instanceBytes = bytes);
  }

  public int shape(ClassDump dump, Shapes shapes) {
    return shapes.number(classNumber, bytes(dump));
  }

  long bytes(ClassDump dump) {
    return instanceBytes + staticBytes(dump);
  }

  /** References first, then numbers, large ones first: each at the end of what is there. Holes stay. */
  private synchronized long staticBytes(ClassDump dump) {
    int[] fieldsOfBytes = new int[LARGEST_FIELD + 1];
    long bytes = 0;
    for (ClassDump.StaticField field : dump.statics()) {
      if (!isSynthetic(field.nameId())) {
        if (field.type() == BasicType.OBJECT) {
          bytes += layout.referenceBytes();
        } else {
          fieldsOfBytes[layout.fieldBytes(field.type())]++;
        }
      }
    }
    for (int size = LARGEST_FIELD; size > 0; size /= 2) {
      bytes = fieldsOfBytes[size] == 0 ? bytes : Layout.align(bytes, size) + (long) size * fieldsOfBytes[size];
    }
    return layout.aligned(bytes);
  }

  /** {@code <resolved_references>} and the like lie elsewhere. */
  private boolean isSynthetic(long nameId) {
    return synthetic.computeIfAbsent(nameId, id -> outline.names().get(id).startsWith("<"));
  }
}
