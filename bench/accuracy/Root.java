import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** This machine's own root, or the root of another distribution. */
record Root(Path path) {
  static final Root HERE = new Root(Path.of("/"));
  private static final String LIBRARIES = "/usr/lib/x86_64-linux-gnu/";

  /** The words, to be run within. */
  List<String> command(List<String> words) {
    List<String> command = new ArrayList<>();
    if (!equals(HERE)) {
      command.addAll(List.of("chroot", path.toString()));
    }
    command.addAll(words);
    return command;
  }

  /** A file of it by its path within. */
  Path file(String within) {
    return path.resolve(within.substring(1));
  }

  boolean has(String program) {
    return Files.isExecutable(file(program));
  }

  boolean hasLibrary(String name) {
    return Files.exists(file(LIBRARIES + name));
  }

  /** Paths, within, of what a folder has under names that fit. */
  List<String> list(String folder, String names) throws IOException {
    if (!Files.isDirectory(file(folder))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(file(folder))) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.matches(names)).sorted()
          .map(name -> folder + "/" + name).toList();
    }
  }

  /** As {@code ldd (Debian GLIBC 2.41-12) 2.41} tells it. */
  String cLibrary() throws IOException, InterruptedException {
    String first = output(List.of("ldd", "--version")).lines().findFirst().orElse("");
    return "glibc " + first.substring(first.lastIndexOf(' ') + 1);
  }

  /** What a command within prints, errors too. */
  String output(List<String> words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command(words)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  /** A new folder that programs within can use. */
  Path folder() throws IOException {
    Path folder = Files.createTempDirectory(file("/tmp"), "tare-world-");
    folder.toFile().setExecutable(true, false);
    folder.toFile().setReadable(true, false);
    return folder;
  }

  /** A file's path as programs within know it. */
  String within(Path file) {
    return "/" + path.relativize(file);
  }

  static void remove(Path folder) throws IOException {
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        directory.toFile().setWritable(true);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
        Files.delete(directory);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
