package io.tare.sync.destination;

import io.tare.sync.destination.Destination.Look;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A directory that was listed in one go. A bounded number of its files is remembered; where there are more, those that are not found
 * are asked for one by one.
 */
final class ListedDirectory implements Look {
  static final int MOST_FILES = 30_000;

  private final Look oneByOne;
  private final Map<String, Standing> files = new HashMap<>();
  private boolean isWhole = true;

  ListedDirectory(Look oneByOne) {
    this.oneByOne = oneByOne;
  }

  void add(String name, Standing file) {
    if (files.size() < MOST_FILES) {
      files.put(name, file);
    } else {
      isWhole = false;
    }
  }

  @Override
  public Optional<Standing> find(String name) throws IOException, InterruptedException {
    Standing known = files.get(name);
    return known == null && !isWhole ? oneByOne.find(name) : Optional.ofNullable(known);
  }
}
