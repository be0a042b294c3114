package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.Outline;
import io.tare.heap.index.FirstPass.Gathered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the VM that wrote the dump lays objects out.
 *
 * @param referenceBytes 4 with compressed references
 * @param headerBytes where the fields of an instance start: 8 with compact headers, 12 with compressed class pointers, 16
 * @param arrayBaseBytes where the elements of an array start, if they need no alignment
 */
public record Layout(int referenceBytes, int headerBytes, int arrayBaseBytes, int alignmentBytes) {

  int fieldBytes(int type) {
    return type == BasicType.OBJECT ? referenceBytes : BasicType.bytes(type, referenceBytes);
  }

  /** The whole size of an array. */
  public long arrayBytes(int type, long length) {
    return align(unpaddedArrayBytes(type, length), alignmentBytes);
  }

  /** Elements and header without the padding. */
  public long unpaddedArrayBytes(int type, long length) {
    int element = fieldBytes(type);
    return (element == 8 ? align(arrayBaseBytes, 8) : arrayBaseBytes) + length * element;
  }

  /** An object of this size with a stack of so many words behind it, and the bits that tell where in the stack references are. */
  public long withStack(long instanceBytes, long words) {
    long bits = words * (referenceBytes == 4 ? 2 : 1);
    return aligned(instanceBytes + 8 * (words + (bits + 63) / 64));
  }

  long aligned(long bytes) {
    return align(bytes, alignmentBytes);
  }

  static long align(long bytes, int to) {
    return (bytes + to - 1) / to * to;
  }

  /** A layout, and in words what it rests on. */
  record Finding(Layout layout, String evidence) {}

  /**
   * Finds the layout of a dump. The VM's own constants say it where the dump has them; elsewhere the distances between arrays do. Either
   * holds in whatever order the file has its objects.
   */
  static final class Detection {
    /** Fewer addresses may all be multiples of more than the alignment by chance. */
    private static final int ENOUGH_OBJECTS = 64;
    private static final int LEAST_ALIGNMENT = 8;
    private static final int MOST_ALIGNMENT = 256;
    /** Compressed references reach so many units of the alignment. */
    private static final long REACH = 1L << 32;
    private static final int MANY_STATICS = 12;
    private static final Set<String> UNSAFE = Set.of("jdk/internal/misc/Unsafe", "sun/misc/Unsafe");
    private static final int[][] HEADER_AND_BASE = {{12, 16}, {8, 12}, {16, 24}, {16, 20}};

    private final Gathered gathered;
    private final Neighbours neighbours;
    private final int alignment;

    private Detection(Gathered gathered, Neighbours neighbours) {
      this.gathered = gathered;
      this.neighbours = neighbours;
      long lowest = Long.lowestOneBit(gathered.addresses().bits());
      boolean enough = gathered.addresses().objects() >= ENOUGH_OBJECTS && lowest > 0;
      this.alignment = enough ? Math.clamp(lowest, LEAST_ALIGNMENT, MOST_ALIGNMENT) : LEAST_ALIGNMENT;
    }

    static Finding find(Outline outline, Gathered gathered, Neighbours neighbours) {
      if (outline.header().idBytes() == 4) {
        return new Finding(new Layout(4, 8, 12, LEAST_ALIGNMENT), "as VMs of 32 bits have it");
      }
      return new Detection(gathered, neighbours).find(outline);
    }

    private Finding find(Outline outline) {
      Optional<Layout> told = told(outline);
      if (told.isPresent() && score(told.get()).tooSmall() == 0) {
        return new Finding(told.get(), "as the VM's own constants and its addresses say");
      }
      Layout best = candidates().stream()
          .min(Comparator.comparingInt((Layout layout) -> score(layout).tooSmall())
              .thenComparingInt(layout -> -score(layout).exact()))
          .orElseThrow();
      Score score = score(best);
      return new Finding(best, score.exact() == 0
          ? "assumed: the dump shows nothing that tells"
          : "as " + score.exact() + " of " + gathered.arrays().size() + " distances between arrays say");
    }

    private List<Layout> candidates() {
      List<Layout> candidates = new ArrayList<>();
      long span = gathered.addresses().highest() - gathered.addresses().lowest();
      for (int referenceBytes = span / alignment < REACH ? 4 : 8; referenceBytes <= 8; referenceBytes += 4) {
        for (int[] known : HEADER_AND_BASE) {
          candidates.add(new Layout(referenceBytes, known[0], known[1], alignment));
        }
      }
      return candidates;
    }

    /** Lengths of arrays whose smallest distance is the size exactly, and those whose distance has no room for it. */
    private record Score(int exact, int tooSmall) {}

    private Score score(Layout layout) {
      int exact = 0;
      int tooSmall = 0;
      for (Map.Entry<Integer, Neighbours.Sample> arrays : gathered.arrays().entrySet()) {
        long gap = arrays.getValue().least(neighbours);
        long size = layout.arrayBytes(arrays.getKey() / FirstPass.LENGTHS, arrays.getKey() % FirstPass.LENGTHS);
        exact += gap == size ? 1 : 0;
        tooSmall += gap < size ? 1 : 0;
      }
      return new Score(exact, tooSmall);
    }

    /** By the static fields of HotSpot's {@code Unsafe}, which every VM fills when it starts; a redacted dump may have zeros there. */
    private Optional<Layout> told(Outline outline) {
      for (ClassDump dump : gathered.classes()) {
        Long name = dump.statics().size() < MANY_STATICS ? null : outline.classNames().get(dump.id());
        if (name != null && UNSAFE.stream().anyMatch(unsafe -> outline.names().is(name, unsafe))) {
          Map<String, Long> constants = new HashMap<>();
          dump.statics().forEach(field -> constants.put(outline.names().get(field.nameId()), field.value()));
          long base = constants.getOrDefault("ARRAY_BYTE_BASE_OFFSET", 0L);
          long scale = constants.getOrDefault("ARRAY_OBJECT_INDEX_SCALE", 0L);
          return candidates().stream()
              .filter(layout -> layout.arrayBaseBytes() == base && layout.referenceBytes() == scale).findFirst();
        }
      }
      return Optional.empty();
    }
  }
}
