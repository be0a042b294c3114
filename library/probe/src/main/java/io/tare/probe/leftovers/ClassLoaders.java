package io.tare.probe.leftovers;

import io.tare.probe.jvm.DiagnosticCommands;
import java.util.HashMap;
import java.util.Map;

/** The living class loaders by their class, from the text of {@code VM.classloader_stats}. */
final class ClassLoaders {
  private ClassLoaders() {}

  static Map<String, Long> byClass() {
    return DiagnosticCommands.run("vmClassloaderStats").map(ClassLoaders::parse).orElse(Map.of());
  }

  /**
   * Rows look like {@code 0x00007fc56b07af08  0x00007fc56b07d1e8  0x00007fc5d813a4b0    1449   1013376   1010539
   * jdk.internal.loader.ClassLoaders$AppClassLoader} (JDK 17). Old reflection makes loaders of its own, which nobody leaves.
   */
  static Map<String, Long> parse(String text) {
    Map<String, Long> byClass = new HashMap<>();
    text.lines().forEach(line -> {
      String[] columns = line.strip().split("\\s+");
      boolean row = columns.length == 7 && columns[0].startsWith("0x") && columns[2].startsWith("0x");
      if (row && !columns[6].contains("DelegatingClassLoader")) {
        byClass.merge(columns[6], 1L, Long::sum);
      }
    });
    return byClass;
  }
}
