package io.tare.sync.destination;

import java.util.LinkedHashMap;
import java.util.Map;

/** Directories that are known to be there: the last ones used, a bounded number. */
final class MadeDirectories {
  private static final int MOST = 4096;
  private static final float LOAD = 0.75f;

  @SuppressWarnings("serial")
  private final Map<String, Boolean> lastUsed = new LinkedHashMap<>(MOST, LOAD, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > MOST;
    }
  };

  synchronized boolean contains(String directory) {
    return lastUsed.get(directory) != null;
  }

  synchronized void add(String directory) {
    lastUsed.put(directory, true);
  }
}
