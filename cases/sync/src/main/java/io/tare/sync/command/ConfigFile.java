package io.tare.sync.command;

import io.tare.sync.command.Arguments.Given;
import io.tare.sync.command.Arguments.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Options from a file, one a line and without the dashes: {@code workers = 16}, {@code delete}, {@code exclude = *.tmp}. Empty lines
 * and lines that begin with {@code #} say nothing. What is typed overrules it.
 */
final class ConfigFile {
  static final String OPTION = "--config";
  private static final long MOST_BYTES = 1 << 20;
  private static final Set<String> SECRETS = Set.of("password", "secret", "key", "token");

  private ConfigFile() {}

  /** The arguments behind those of the file that they name, if they name one. */
  static Arguments under(Arguments typed, Known known) throws UsageException, IOException {
    if (!typed.has(OPTION)) {
      return typed;
    }
    return typed.behind(read(Path.of(typed.required(OPTION)), known));
  }

  private static Arguments read(Path file, Known known) throws UsageException, IOException {
    List<String> lines;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UsageException(file + " is too long to be a file of options");
      }
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException absent) {
      throw new UsageException("there is no file " + file);
    }
    List<Given> given = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        given.add(option(line, file + ", line " + (i + 1), known));
      }
    }
    return new Arguments(given);
  }

  private static Given option(String line, String where, Known known) throws UsageException {
    int equals = line.indexOf('=');
    String name = (equals < 0 ? line : line.substring(0, equals)).strip();
    String option = "--" + name;
    if (equals < 0 && known.flags().contains(option)) {
      return new Given(option, "");
    }
    if (equals >= 0 && known.options().contains(option) && !option.equals(OPTION)) {
      return new Given(option, line.substring(equals + 1).strip());
    }
    if (SECRETS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
      throw new UsageException(where + ": secrets are taken from the environment only, '" + name + "' is not");
    }
    throw new UsageException(where + ": '" + name + "' is no "
        + (equals < 0 ? "flag; an option is written 'name = value'" : "option that takes a value"));
  }
}
