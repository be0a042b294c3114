package io.tare.probe.leftovers;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The registered shutdown hooks. The JDK keeps them to itself unless the JVM runs with {@link #UNLOCKED_BY}. */
final class ShutdownHooks {
  static final String UNLOCKED_BY = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  private ShutdownHooks() {}

  /** By the hook's name and class; empty when the JDK does not let us look. */
  static Optional<Map<String, Long>> byName() {
    try {
      Field field = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
      field.setAccessible(true);
      Map<String, Long> names = new HashMap<>();
      if (field.get(null) instanceof Map<?, ?> hooks) {
        for (Object hook : new ArrayList<>(hooks.keySet())) {
          names.merge(
              hook instanceof Thread thread ? thread.getName() + " of " + thread.getClass().getName() : "unknown", 1L,
              Long::sum);
        }
      }
      return Optional.of(names);
    } catch (ReflectiveOperationException | InaccessibleObjectException closed) {
      return Optional.empty();
    }
  }
}
