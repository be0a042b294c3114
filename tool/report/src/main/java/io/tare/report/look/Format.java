package io.tare.report.look;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms that a report can be given in. */
public enum Format {
  TEXT("txt text"), JSON("json"), HTML("html htm"), OPENMETRICS("om prom openmetrics"), CSV("csv");

  private final String extensions;

  Format(String extensions) {
    this.extensions = extensions;
  }

  /** The ending that a file of this format gets, without the dot. */
  public String fileExtension() {
    return extensions().getFirst();
  }

  /** The format of that name ({@code json}), in any case. */
  public static Optional<Format> byName(String name) {
    return Arrays.stream(values()).filter(format -> format.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The format that a file's name asks for by its ending. */
  public static Optional<Format> byFileName(String fileName) {
    String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> format.extensions().contains(ending)).findFirst();
  }

  /** The endings that ask for this format, without the dot. */
  public List<String> extensions() {
    return List.of(extensions.split(" "));
  }
}
