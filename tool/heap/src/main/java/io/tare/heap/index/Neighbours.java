package io.tare.heap.index;

import io.tare.heap.index.DumpIndex.ObjectIndex;
import io.tare.heap.store.LongIntMap.Mix;
import java.util.Arrays;

/**
 * How far it is from an object to the next one in memory. That is never less than the object takes, in whatever order the file has the
 * objects; it is more where something lies between them that the dump leaves out.
 */
interface Neighbours {
  /** Nothing is known to follow. */
  long NONE = Long.MAX_VALUE;

  /**
   * The distance to the next object.
   *
   * @param gapInFile the distance to the object that follows in the file; {@link #NONE} if that one lies lower
   */
  long gap(long id, long gapInFile);

  /** All objects are known. */
  static Neighbours of(ObjectIndex objects) {
    return (id, gapInFile) -> {
      int node = objects.find(id);
      return node == 0 || node == objects.size() ? gapInFile : objects.idOf(node + 1) - id;
    };
  }

  /** Only the file's order is known, and where class objects lie, which a file has elsewhere. */
  static Neighbours inFile(long[] classIds) {
    long[] sorted = classIds.clone();
    Arrays.sort(sorted);
    return (id, gapInFile) -> {
      int at = Arrays.binarySearch(sorted, id + 1);
      int next = at < 0 ? -at - 1 : at;
      return next < sorted.length ? Math.min(gapInFile, sorted[next] - id) : gapInFile;
    };
  }

  /**
   * A few objects of one kind with their distances in the file. A hash of the address chooses them: neither the order of the file nor
   * who walks over which part of it makes a difference.
   */
  final class Sample {
    static final int MOST = 12;

    private long[] ids = new long[2];
    private long[] gaps = new long[2];
    private int count;
    private int worst;
    private long worstHash = Long.MIN_VALUE;

    void see(long id, long gapInFile) {
      long hash = Mix.mix(id);
      if (count == MOST && hash >= worstHash) {
        return;
      }
      if (count == ids.length && count < MOST) {
        ids = Arrays.copyOf(ids, Math.min(2 * count, MOST));
        gaps = Arrays.copyOf(gaps, ids.length);
      }
      int place = count < MOST ? count++ : worst;
      ids[place] = id;
      gaps[place] = gapInFile;
      findWorst();
    }

    private void findWorst() {
      worstHash = Long.MIN_VALUE;
      for (int i = 0; i < count; i++) {
        long hash = Mix.mix(ids[i]);
        if (hash >= worstHash) {
          worstHash = hash;
          worst = i;
        }
      }
    }

    void add(Sample other) {
      for (int i = 0; i < other.count; i++) {
        see(other.ids[i], other.gaps[i]);
      }
    }

    int count() {
      return count;
    }

    long id(int number) {
      return ids[number];
    }

    long gapInFile(int number) {
      return gaps[number];
    }

    /** The smallest distance. */
    long least(Neighbours neighbours) {
      long least = NONE;
      for (int i = 0; i < count; i++) {
        least = Math.min(least, neighbours.gap(ids[i], gaps[i]));
      }
      return least;
    }
  }
}
