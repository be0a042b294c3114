package io.tare.cases.faults.self;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** The mappings that the stacks of this process's threads lie in. */
public record OwnStacks(List<OwnMapping> mappings) {
  /** A stack is separated from its neighbours by its guard pages; a larger mapping holds other things as well. */
  private static final long LARGEST_STACK = 9L << 20;

  public OwnStacks {
    mappings = List.copyOf(mappings);
  }

  public static OwnStacks of(OwnMappings mappings, Predicate<OwnThread> wanted) throws IOException {
    return new OwnStacks(OwnThread.read().stream().filter(wanted)
        .flatMap(thread -> mappings.containing(thread.stackPointer()).stream())
        .filter(mapping -> mapping.size() < LARGEST_STACK).distinct().toList());
  }

  public long residentBytes() {
    return mappings.stream().mapToLong(mapping -> mapping.resident().rss()).sum();
  }
}
