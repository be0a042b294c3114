package io.tare.app.cli;

import io.tare.capture.door.NamedTarget;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a report goes, and in which form.
 *
 * @param file empty for standard output
 */
public record Output(Format format, TextOptions text, Optional<Path> file) {
  public static final List<Option> OPTIONS = options("text", "json", "html", "openmetrics");
  /** Of commands that have tables. */
  public static final List<Option> TABLE_OPTIONS = options("text", "json", "html", "csv");

  private static List<Option> options(String... formats) {
    return List.of(
        Option.choice("--format", "FORMAT", List.of(formats),
            "form of the report (default: text, or by the file's ending)"),
        Option.value("--output", "FILE", "write to FILE instead of standard output").shortAs("-o"),
        Option.value("--width", "COLUMNS", "width of the text (default: the terminal's)"),
        Option.choice("--color", "WHEN", List.of("auto", "always", "never"),
            "colours; NO_COLOR is respected (default: auto)"),
        Option.flag("--ascii", "plain characters only"),
        Option.flag("--si", "units of 1,000 instead of 1,024"));
  }

  /** Of a command that has no table to write as CSV. */
  public static Output of(Arguments arguments, Console console) throws UsageException {
    Output output = ofTables(arguments, console);
    if (output.format() == Format.CSV) {
      throw new UsageException("csv is a form of tables only: tare heap --select, --collections and --histogram");
    }
    return output;
  }

  public static Output ofTables(Arguments arguments, Console console) throws UsageException {
    Optional<Path> file = arguments.value("--output").filter(name -> !NamedTarget.isStandardOutput(name)).map(Path::of);
    Optional<Format> byName = arguments.value("--format").flatMap(Format::byName);
    Format format = byName.isPresent() ? byName.get() : file.isPresent() ? byEnding(file.get()) : Format.TEXT;
    return new Output(format, textOptions(arguments, console, file.isPresent()), file);
  }

  /** A name without an ending, a pipe or a device gets text. */
  private static Format byEnding(Path file) throws UsageException {
    String name = String.valueOf(file.getFileName());
    Optional<Format> known = Format.byFileName(name);
    if (known.isEmpty() && name.lastIndexOf('.') > 0 && NamedTarget.isFile(file)) {
      throw new UsageException("no form of report has the ending of " + name + ": known are ." + String.join(", .",
          Arrays.stream(Format.values()).flatMap(format -> format.extensions().stream()).toList())
          + "; --format names the form whatever the ending");
    }
    return known.orElse(Format.TEXT);
  }

  public static TextOptions textOptions(Arguments arguments, Console console, boolean intoFile) throws UsageException {
    OptionalLong width = arguments.number("--width", 40);
    String colour = arguments.value("--color").orElse("auto");
    return new TextOptions((int) Math.min(width.orElse(console.width()), 1000),
        colour.equals("always") || (colour.equals("auto") && console.colour() && !intoFile),
        !arguments.has("--ascii") && (intoFile || console.unicode()), arguments.has("--all"),
        arguments.has("--threads"),
        arguments.has("--si") ? Units.SI : Units.BINARY);
  }

  /** Prints, or writes the file whole: a reader never sees half of it. */
  public void write(String content, Console console) throws IOException {
    if (file.isEmpty()) {
      if (text.colour()) {
        console.out().printPage(content);
      } else {
        // A carriage return, which ends the rows of a CSV file, would be shown as an escape here.
        console.out().print(format == Format.CSV ? content.replace("\r\n", "\n") : content);
      }
      console.out().flush();
      return;
    }
    Path target = file.get().toAbsolutePath();
    NamedTarget.write(target, content);
    if (NamedTarget.isFile(target)) {
      console.err().println("wrote " + target + " (" + format.name().toLowerCase(Locale.ROOT) + ")");
    }
  }
}
