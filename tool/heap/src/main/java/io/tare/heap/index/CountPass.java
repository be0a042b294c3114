package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Window;
import java.util.HashMap;
import java.util.Map;

/** Counts objects and the bytes of arrays by class; knows nothing of single objects. One thread's own. */
final class CountPass implements HeapVisitor {
  final FirstPass first = FirstPass.counting();
  /** Objects and bytes by element type. */
  final long[] primitiveArrays = new long[BasicType.COUNT];
  final long[] primitiveArrayBytes = new long[BasicType.COUNT];
  final Map<Long, long[]> objectArrayBytes = new HashMap<>();
  private final Layout layout;
  private long lastClassId;
  private long[] lastBytes = new long[1];

  CountPass(Layout layout) {
    this.layout = layout;
  }

  @Override
  public void classDump(ClassDump dump) {
    first.classDump(dump);
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    first.instance(id, classId, values, length);
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
