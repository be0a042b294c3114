package io.tare.kit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Collections that hold so many entries without growing. {@code new HashMap<>(1000)} does not: it grows at 750 entries.
 * JDK 19 has {@code HashMap.newHashMap} for it; this is for 17. Lists, {@code StringBuilder} and {@code String.join} need
 * no help.
 */
public final class Presized {
  private static final double LOAD_FACTOR = 0.75;

  private Presized() {}

  /** A map for so many entries. */
  public static <K, V> Map<K, V> hashMap(int entries) {
    return new HashMap<>(capacity(entries));
  }

  /** A map for so many entries in the order they come. */
  public static <K, V> Map<K, V> linkedHashMap(int entries) {
    return new LinkedHashMap<>(capacity(entries));
  }

  /** A set for so many elements. */
  public static <T> Set<T> hashSet(int elements) {
    return new HashSet<>(capacity(elements));
  }

  private static int capacity(int entries) {
    if (entries < 0) {
      throw new IllegalArgumentException("room for " + entries + " entries");
    }
    return (int) Math.ceil(entries / LOAD_FACTOR);
  }
}
