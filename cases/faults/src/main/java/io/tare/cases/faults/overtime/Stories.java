package io.tare.cases.faults.overtime;

import io.tare.cases.faults.scene.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The corpus over time: {@code Stories NAME} plays one program, prints its truth as one line of JSON and goes on until its input
 * ends; {@code Stories list} names them all, each with the flags that its JVM wants.
 */
public final class Stories {
  private static final Set<String> KNOWN = Set.of("--speed", "--hold", "--dir");
  private static final String USAGE = """
      usage: Stories list
             Stories NAME [--speed N] [--hold SECONDS] [--dir DIR]""";

  private Stories() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try {
      run(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      System.exit(2);
    }
    System.exit(0);
  }

  private static void run(List<String> words) throws IOException, InterruptedException {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("no story named");
    }
    if (words.get(0).equals("list")) {
      StoryTable.all().forEach(story -> System.out.println(Json.of(Map.of("name", story.name(), "sentence",
          story.sentence(), "jvmFlags", story.flags(), "leaksPerMinute", story.leaks(), "growsPerMinute",
          story.grows()))));
      return;
    }
    Story story = StoryTable.byName(words.get(0))
        .orElseThrow(() -> new IllegalArgumentException("no story is named " + words.get(0)));
    Map<String, String> options = options(words.subList(1, words.size()));
    Scene scene = new Scene(Path.of(options.getOrDefault("--dir", System.getProperty("java.io.tmpdir", "/tmp"))),
        number(options.getOrDefault("--speed", "1")));
    new Player(story, scene).play(Duration.ofSeconds((long) number(options.getOrDefault("--hold", "1200"))));
  }

  private static Map<String, String> options(List<String> words) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < words.size(); i += 2) {
      options.put(words.get(i), words.get(i + 1));
    }
    options.keySet().stream().filter(name -> !KNOWN.contains(name)).findFirst().ifPresent(name -> {
      throw new IllegalArgumentException("unknown option: " + name);
    });
    return options;
  }

  private static double number(String text) {
    try {
      double number = Double.parseDouble(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no number", e);
    }
    throw new IllegalArgumentException("'" + text + "' is not above zero");
  }
}
