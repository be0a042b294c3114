package io.tare.heap.collections;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What collections and their parts refer to, object by object. */
public interface Structure {
  /** A reference to an object that the dump has not. */
  int LOST = Integer.MAX_VALUE;

  /**
   * What an instance refers to, in the order of its places, or an array, in the order of its elements: numbers of objects, 0 for null,
   * {@link #LOST}. Null if it can't be read, or was not asked for.
   */
  int @Nullable [] references(int node);

  /** The field in which a collection says how many elements it has; empty if it can't be read. */
  OptionalLong size(int node);
}
