package io.tare.fleet.store;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.Option;
import io.tare.app.cli.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the forms of {@code tare fleet} share: where the files are, and what the engine may use. */
public final class FleetOptions {
  public static final Option FOLDER = Option.value("--fleet", "DIR",
      "the fleet's folder (default: TARE_FLEET, else the current one)");
  public static final List<Option> ENGINE = List.of(
      Option.value("--memory", "SIZE",
          "memory of the engine (default: 1g); what does not fit goes to a temporary folder"),
      Option.value("--threads", "N", "threads of the engine (default: all processors)"));

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kmg]?)");
  private static final long DEFAULT_MEGABYTES = 1024;

  private FleetOptions() {}

  public static Path folder(Arguments arguments, Console console) throws UsageException {
    String name = arguments.value(FOLDER.name()).orElse(console.environment().getOrDefault("TARE_FLEET", "."));
    if (name.startsWith("s3://")) {
      throw new UsageException("the fleet's folder is one of this machine: copy " + name
          + " to a folder first, or mount it, or ask an engine that reads buckets (docs/fleet.md)");
    }
    return Path.of(name);
  }

  public static Database database(Arguments arguments) throws UsageException, IOException {
    OptionalLong threads = arguments.number("--threads", 1);
    return Database.open(megabytes(arguments),
        (int) Math.min(threads.orElse(Runtime.getRuntime().availableProcessors()), 1024));
  }

  private static long megabytes(Arguments arguments) throws UsageException {
    if (!arguments.has("--memory")) {
      return DEFAULT_MEGABYTES;
    }
    String value = arguments.value("--memory").orElse("").toLowerCase(Locale.ROOT);
    Matcher size = SIZE.matcher(value);
    if (!size.matches()) {
      throw new UsageException("--memory needs a size such as 512m or 4g, not '" + value + "'");
    }
    long number = Long.parseLong(size.group(1));
    long megabytes = switch (size.group(2)) {
      case "g" -> number << 10;
      case "m" -> number;
      case "k" -> number >> 10;
      default -> number >> 20;
    };
    if (megabytes < 128) {
      throw new UsageException("--memory must be at least 128m");
    }
    return megabytes;
  }
}
