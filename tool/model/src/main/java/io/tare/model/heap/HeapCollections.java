package io.tare.model.heap;

import io.tare.model.Problem;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the collections of a heap cost, by class, the biggest first.
 *
 * @param asked the name or pattern of the classes; empty for all
 * @param shallowBytes of the whole live heap
 */
public record HeapCollections(String asked, long shallowBytes, List<CollectionLine> lines, List<Problem> problems) {
  public HeapCollections {
    lines = List.copyOf(lines);
    problems = List.copyOf(problems);
  }

  /**
   * The collections of a class, or one of them.
   *
   * @param nested how many lie inside another of the same class; their bytes count once
   * @param ofOne how many have one element
   * @param elements those of all collections
   * @param places how much of the arrays is used
   * @param elsewhere keys and values that others hold, too
   * @param unread how many could not be read to their end; they count in all but the places
   * @param parts sum up to the retained bytes
   * @param retainedBytes what the outermost of them hold alone
   */
  public record CollectionLine(String className, long collections, long nested, long empty, long ofOne, long elements,
      Places places, Elsewhere elsewhere, long unread, CollectionParts parts, long retainedBytes) {

    public CollectionLine {
      if (parts.sumBytes() != retainedBytes) {
        throw new IllegalArgumentException(
            className + ": the parts are " + parts.sumBytes() + " bytes, not " + retainedBytes);
      }
    }

    /**
     * Places of arrays: slots of a list, buckets of a hash table.
     *
     * @param there 0 for collections without an array
     * @param collided elements that are not the first of their bucket; empty for all but hash tables with chains
     */
    public record Places(long used, long there, OptionalLong collided) {}

    /** How many keys and values of collections others hold, too: their bytes are nobody's here. */
    public record Elsewhere(long keys, long values) {}
  }

  /**
   * What collections hold, by part; nothing counts twice.
   *
   * @param wrapperBytes the collections' own objects, with the map inside a set, cached views and locks
   * @param tableBytes arrays and entries
   * @param keyBytes keys that a collection alone holds, with all that only they hold
   * @param valueBytes the same of values, and of the elements of lists, queues and sets
   * @param sharedBytes the rest: what several entries share, and what fields of sub-classes hold
   */
  public record CollectionParts(long wrapperBytes, long tableBytes, long keyBytes, long valueBytes, long sharedBytes) {
    public long sumBytes() {
      return wrapperBytes + tableBytes + keyBytes + valueBytes + sharedBytes;
    }
  }
}
