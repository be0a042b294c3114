package io.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares output with a file under {@code src/test/resources/golden}; {@code -Dgolden.update} rewrites the file. */
public final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  public static void check(String file, String actual) throws IOException {
    Path path = FOLDER.resolve(file);
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(FOLDER);
      Files.writeString(path, actual);
    }
    assertThat(actual).as(file).isEqualTo(Files.readString(path));
  }
}
