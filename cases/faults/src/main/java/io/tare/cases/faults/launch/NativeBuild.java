package io.tare.cases.faults.launch;

import io.tare.cases.faults.scene.Skipped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Builds the native programs into a directory, each once for each version of its source. */
public record NativeBuild(Path directory) {
  private static final long MOST_SECONDS = 120;

  /** The program of a C source, built with gcc. */
  public Path c(String source) throws IOException, InterruptedException, Skipped {
    Path gcc = OnPath.required("gcc");
    unpack("truth.h");
    Path file = unpack(source);
    Path program = withoutExtension(file);
    return built(file, program,
        List.of(gcc.toString(), "-O1", "-g", "-Wall", "-Werror", "-pthread", "-o", program.toString(),
            file.toString()));
  }

  /** The program of a Go source, built with the standard library alone. */
  public Path go(String source) throws IOException, InterruptedException, Skipped {
    Path go = OnPath.required("go");
    Path file = unpack(source);
    Path program = file.resolveSibling("go-heap");
    return built(file, program, List.of(go.toString(), "build", "-o", program.toString(), file.toString()));
  }

  /** The same with C in it, which takes a C compiler, too. */
  public Path goWithC(String source, String sourceWithC) throws IOException, InterruptedException, Skipped {
    Path go = OnPath.required("go");
    OnPath.required("gcc");
    Path file = unpack(source);
    Path program = file.resolveSibling("go-with-c");
    return built(file, program, List.of(go.toString(), "build", "-buildmode=pie", "-ldflags=-s -w", "-o",
        program.toString(), file.toString(), unpack(sourceWithC).toString()));
  }

  /** The source as a file; it is left alone where it is there already, and the same. */
  Path unpack(String source) throws IOException {
    Path file = directory.resolve(source);
    byte[] content = resource(source);
    if (!Files.exists(file) || !java.util.Arrays.equals(Files.readAllBytes(file), content)) {
      Files.createDirectories(file.getParent());
      Path draft = Files.createTempFile(file.getParent(), "source", ".part");
      Files.write(draft, content);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static byte[] resource(String source) throws IOException {
    try (InputStream in = NativeBuild.class.getResourceAsStream("/native/" + source)) {
      if (in == null) {
        throw new IOException("no source named " + source + " among this module's resources");
      }
      return in.readAllBytes();
    }
  }

  /** One at a time, and with its name only when it is whole: several faults that are started at once share a program. */
  private Path built(Path source, Path program, List<String> command)
      throws IOException, InterruptedException, Skipped {
    synchronized (NativeBuild.class) {
      if (!Files.exists(program)
          || Files.getLastModifiedTime(program).compareTo(Files.getLastModifiedTime(source)) < 0) {
        Path draft = Files.createTempFile(program.toAbsolutePath().getParent(), "program", ".part");
        try {
          build(source, program, command.stream().map(word -> word.equals(program.toString()) ? draft.toString() : word)
              .toList());
          Files.move(draft, program, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(draft);
        }
      }
      return program;
    }
  }

  private void build(Path source, Path program, List<String> command)
      throws IOException, InterruptedException, Skipped {
    Path log = directory.resolve(program.getFileName() + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putIfAbsent("GOCACHE", directory.resolve("go-cache").toAbsolutePath().toString());
    builder.environment().put("GO111MODULE", "off");
    Process compiler = builder.start();
    if (!compiler.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      compiler.destroyForcibly();
      throw new Skipped("building " + source.getFileName() + " took too long");
    }
    if (compiler.exitValue() != 0) {
      throw new Skipped("building " + source.getFileName() + " failed: " + Files.readString(log).strip());
    }
  }

  private static Path withoutExtension(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')));
  }
}
