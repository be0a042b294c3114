package io.tare.sync.command;

import io.tare.sync.command.Arguments.Given;
import io.tare.sync.filter.BadFilter;
import io.tare.sync.filter.PathFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The filters that were typed, in their order. The files of {@code …-from} have one a line; {@code #} and {@code ;} begin remarks. */
final class FilterArguments {
  static final Set<String> OPTIONS = Set.of("--include", "--exclude", "--filter", "--include-from", "--exclude-from",
      "--filter-from");
  private static final String FROM = "-from";

  private FilterArguments() {}

  static PathFilter filter(Arguments arguments) throws UsageException, IOException {
    PathFilter.Builder filter = new PathFilter.Builder();
    for (Given given : arguments.given()) {
      try {
        if (OPTIONS.contains(given.option())) {
          add(given, filter);
        }
      } catch (BadFilter wrong) {
        throw new UsageException(given.option() + " " + given.value() + ": " + wrong.getMessage());
      }
    }
    try {
      return filter.build();
    } catch (BadFilter wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }

  private static void add(Given given, PathFilter.Builder filter) throws BadFilter, UsageException, IOException {
    if (!given.option().endsWith(FROM)) {
      addOne(given.option(), given.value(), filter);
      return;
    }
    Path file = Path.of(given.value());
    if (!Files.isReadable(file)) {
      throw new UsageException("there is no file of filters " + file + " to read");
    }
    for (String line : Files.readAllLines(file)) {
      String bare = line.strip();
      if (!bare.isEmpty() && !bare.startsWith("#") && !bare.startsWith(";")) {
        addOne(given.option().substring(0, given.option().length() - FROM.length()), bare, filter);
      }
    }
  }

  private static void addOne(String kind, String text, PathFilter.Builder filter) throws BadFilter {
    switch (kind) {
      case "--include" -> filter.include(text);
      case "--exclude" -> filter.exclude(text);
      default -> filter.rule(text);
    }
  }
}
