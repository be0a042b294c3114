package io.tare.junit;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What a whole suite may take, from a properties file: {@code heap=50 MB} for all tests, {@code com.acme.OrderTest.heap=80 MB} for
 * those of a class, {@code com.acme.OrderTest.ships.heap=off} for one. It holds for tests without an annotation of their own once
 * {@code -Dtare.guard} names the file, or says {@code on} for {@value #USUAL_FILE} in the working directory. What that file says of
 * {@code ignore} holds always.
 */
record Budget(Properties lines, boolean isOn) {
  static final String SWITCH = "tare.guard";
  static final String USUAL_FILE = "tare-guards.properties";
  static final Budget NONE = new Budget(new Properties(), false);
  private static final String OFF = "off";
  private static final Set<String> GUARDS = Set.of("heap", "rss", "threads", "directBuffers", "leak", "allocation",
      "ignore");

  /** As the process was started. */
  static Budget ofTheProcess() {
    String named = System.getProperty(SWITCH, OFF);
    boolean isOn = !named.equals(OFF) && !named.isEmpty();
    Path usual = Path.of(USUAL_FILE);
    if (!isOn || named.equals("on") || named.equals("true")) {
      return new Budget(Files.isRegularFile(usual) ? read(usual) : new Properties(), isOn);
    }
    return new Budget(read(Path.of(named)), true);
  }

  static Properties read(Path file) {
    Properties lines = new Properties();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      lines.load(text);
    } catch (IOException e) {
      throw new ExtensionConfigurationException(
          "-D" + SWITCH + " names " + file.toAbsolutePath() + ", which can't be read: " + e.getMessage()
              + "; name a properties file with lines like heap=50 MB, or say on",
          e);
    }
    for (String key : lines.stringPropertyNames()) {
      if (!GUARDS.contains(key.substring(key.lastIndexOf('.') + 1))) {
        throw new ExtensionConfigurationException(
            file + ": unknown guard in \"" + key + "\"; there are " + String.join(", ",
                GUARDS.stream().sorted().toList()));
      }
    }
    return lines;
  }

  /** The limit of a guard for a test: that of the method, else of its class or one around it, else of all. */
  Optional<String> limit(String guard, Class<?> testClass, Optional<Method> method) {
    if (!isOn) {
      return Optional.empty();
    }
    String found = method.map(test -> lines.getProperty(testClass.getName() + "." + test.getName() + "." + guard))
        .orElse(null);
    for (Class<?> place = testClass; found == null && place != null; place = place.getEnclosingClass()) {
      found = lines.getProperty(place.getName() + "." + guard);
    }
    return Optional.ofNullable(found == null ? lines.getProperty(guard) : found).map(String::strip)
        .filter(text -> !text.equals(OFF));
  }

  /** Declared caches that may grow. */
  List<String> ignored() {
    return Arrays.stream(lines.getProperty("ignore", "").split("[,\\s]+")).filter(name -> !name.isEmpty()).toList();
  }
}
