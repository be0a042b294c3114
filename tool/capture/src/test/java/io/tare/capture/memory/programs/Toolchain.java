package io.tare.capture.memory.programs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The compilers and interpreters of this machine. A test that needs one which is missing is skipped and says so. */
public final class Toolchain {
  private Toolchain() {}

  /** Compiles a C program of the test resources. */
  public static Path compileC(Path folder, String compiler, String source, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(require(compiler), "-O1", "-pthread"));
    command.addAll(List.of(options));
    Path program = folder.resolve(source + String.join("", options) + "-" + compiler);
    command.addAll(List.of("-o", program.toString(), copy(folder, source + ".c").toString()));
    run(command, folder);
    return program;
  }

  public static Path compileGo(Path folder, String source, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(require("go"), "build"));
    command.addAll(List.of(options));
    Path program = folder.resolve(source + options.length);
    command.addAll(List.of("-o", program.toString(), copy(folder, source + ".go").toString()));
    run(command, folder);
    return program;
  }

  /** The path of a tool; the test is skipped without it. */
  public static String require(String tool) {
    Optional<String> path = find(tool);
    assumeTrue(path.isPresent(), tool + " is not installed");
    return path.orElseThrow();
  }

  private static Optional<String> find(String tool) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path candidate = Path.of(folder, tool);
      if (Files.isExecutable(candidate)) {
        return Optional.of(candidate.toString());
      }
    }
    return Optional.empty();
  }

  /** Copies a program's source out of the test resources. */
  public static Path copy(Path folder, String resource) throws IOException {
    Path target = folder.resolve(resource);
    try (InputStream source = Toolchain.class.getResourceAsStream("/programs/" + resource)) {
      Files.copy(Objects.requireNonNull(source, resource), target, StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }

  /** Runs a command to its end and returns what it printed; the test is skipped when it fails (a compiler without its library). */
  public static String run(List<String> command, Path folder) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("GOCACHE", folder.resolve("go-cache").toString());
    builder.environment().put("GO111MODULE", "off");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(process.waitFor() == 0, () -> command + " failed: " + output);
    return output;
  }
}
