package io.tare.include;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The lines of the standard input, until it ends. */
final class InputLines {
  private InputLines() {}

  static void each(Consumer<String> action) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        action.accept(line.strip());
      }
    }
  }
}
