package io.tare.cases.faults.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for a shared library where distributions put them, and in LD_LIBRARY_PATH before that. */
public final class SharedLibrary {
  private static final List<String> DIRECTORIES = List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
      "/usr/lib64", "/usr/lib", "/usr/local/lib");

  private SharedLibrary() {}

  public static Optional<Path> find(String name) {
    String own = System.getenv().getOrDefault("LD_LIBRARY_PATH", "");
    return Stream.concat(Stream.of(own.split(":")).filter(directory -> !directory.isEmpty()), DIRECTORIES.stream())
        .map(directory -> Path.of(directory, name)).filter(Files::exists).findFirst();
  }
}
