package io.tare.app.heap;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Option;
import io.tare.app.cli.UsageException;
import io.tare.heap.HeapOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How dumps are analysed, as the command line says it. */
final class HeapSettings {
  static final List<Option> OPTIONS = List.of(
      Option.value("--memory", "SIZE",
          "working memory, 256m or 2g; what does not fit goes to temporary files (default: no limit)"),
      Option.value("--temp", "DIR", "where temporary files go (default: the system's folder)"));

  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmgKMG]?)");

  private HeapSettings() {}

  static HeapOptions of(Arguments arguments) throws UsageException {
    HeapOptions options = HeapOptions.usual();
    Optional<String> memory = arguments.value("--memory");
    if (memory.isPresent()) {
      options = options.withMemory(size(memory.get()));
    }
    Optional<String> folder = arguments.value("--temp");
    return folder.isPresent() ? options.withTemporaryFolder(Path.of(folder.get())) : options;
  }

  private static long size(String text) throws UsageException {
    Matcher parts = SIZE.matcher(text);
    if (!parts.matches()) {
      throw new UsageException("--memory=" + text + " is no size; write 256m or 2g");
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2).toLowerCase(Locale.ROOT)) {
      case "k" -> number << 10;
      case "m" -> number << 20;
      case "g" -> number << 30;
      default -> number;
    };
  }
}
