package io.tare.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code Sums FOLDER}: writes SHA256SUMS of what lies there, as {@code sha256sum --check} reads it. */
final class Sums {
  private static final String NAME = "SHA256SUMS";

  private Sums() {}

  public static void main(String[] words) throws IOException {
    Path folder = Path.of(words[0]);
    StringBuilder sums = new StringBuilder();
    List<Path> packages;
    try (Stream<Path> files = Files.list(folder)) {
      packages = files.filter(file -> !file.endsWith(NAME)).sorted().toList();
    }
    for (Path file : packages) {
      sums.append(OciImage.sha256(Files.readAllBytes(file))).append("  ").append(file.getFileName()).append('\n');
    }
    Files.writeString(folder.resolve(NAME), sums);
  }
}
