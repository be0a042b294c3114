package io.tare.app.look;

import io.tare.app.cli.UsageException;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs that are demonstrated: the labelled corpus in {@code cases/faults}, which is started as any other program would
 * be. Its own table says with which command.
 *
 * @param java the command to run it with
 * @param classPath where the corpus is
 */
record DemoPrograms(Path java, Path classPath) {
  private static final String MAIN = "io.tare.cases.faults.Faults";

  static DemoPrograms find(Optional<String> java) throws IOException {
    Path home = Path.of(System.getProperty("tare.home", ".")).toAbsolutePath().normalize();
    Path packed = home.resolve("lib/demo.jar");
    Path classes = Files.isRegularFile(packed) ? packed : home.resolve("cases/faults/target/classes");
    if (!Files.exists(classes)) {
      throw new IOException("the demonstrations are not built: " + home.relativize(classes)
          + " is missing; run 'mvn package' in " + home);
    }
    Path own = Path.of(System.getProperty("java.home"), "bin", "java");
    return new DemoPrograms(java.map(Path::of).orElse(own), classes);
  }

  /** A line for each: its name and what it shows. */
  List<String> list() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : corpus("list").lines().toList()) {
      Map<?, ?> fault = object(line);
      lines.add(String.format("%-24s %s", fault.get("name"), fault.get("sentence")));
    }
    return lines;
  }

  /** What the program does, in a sentence. */
  String sentence(String name) throws IOException, UsageException {
    for (String line : corpus("list").lines().toList()) {
      Map<?, ?> fault = object(line);
      if (name.equals(fault.get("name"))) {
        return String.valueOf(fault.get("sentence"));
      }
    }
    throw new UsageException("there is no demonstration called '" + name + "'; 'tare demo --list' names them");
  }

  DemoProgram start(String name, Optional<String> size) throws IOException {
    List<String> words = new ArrayList<>(List.of("launch", name, "--java", java.toString()));
    size.ifPresent(bytes -> words.addAll(List.of("--size", bytes)));
    Map<?, ?> launch = object(corpus(words.toArray(String[]::new)));
    if (launch.get("skipped") != null) {
      throw new IOException(name + " can't be shown here: " + launch.get("skipped"));
    }
    if (!(launch.get("command") instanceof List<?> command)
        || !(launch.get("environment") instanceof Map<?, ?> environment)) {
      throw new IOException("the corpus does not say how to start " + name);
    }
    ProcessBuilder builder = new ProcessBuilder(command.stream().map(Object::toString).toList());
    environment.forEach((key, value) -> builder.environment().put(key.toString(), value.toString()));
    return DemoProgram.start(builder);
  }

  private String corpus(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(java.toString(), "-cp", classPath.toString(), MAIN));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (answer.isBlank()) {
      throw new IOException(complaint.lines().findFirst().orElse("the corpus gave no answer"));
    }
    return answer;
  }

  static Map<?, ?> object(String json) throws IOException {
    try {
      if (JsonText.parse("corpus", json, ParseLimits.DEFAULT).value() instanceof Map<?, ?> object) {
        return object;
      }
    } catch (NotThisFormat foreign) {
      throw new IOException("the corpus answered in no known form: " + json.lines().findFirst().orElse(""), foreign);
    }
    throw new IOException("the corpus answered with something else than an object");
  }
}
