package io.tare.app.heap;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the dump of a process stays, if it is to stay. {@code -o FILE.hprof} names the dump, not the report.
 *
 * @param arguments for the report: without a name that is the dump's
 */
record KeptDump(Arguments arguments, Optional<Path> named, boolean keep) {

  static KeptDump of(Arguments arguments) throws UsageException {
    Optional<String> output = arguments.value("--output");
    boolean isDump = output.isPresent() && (output.get().endsWith(".hprof") || output.get().endsWith(".hprof.gz"));
    if (!isDump) {
      return new KeptDump(arguments, Optional.empty(), arguments.has("--keep"));
    }
    Path file = Path.of(output.get());
    if (Files.exists(file)) {
      throw new UsageException(file + " is there already; nothing is overwritten");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException("there is no folder " + folder + " for the dump");
    }
    Map<String, List<String>> others = new LinkedHashMap<>(arguments.options());
    others.remove("--output");
    return new KeptDump(new Arguments(others, arguments.operands()), Optional.of(file), true);
  }

  /** The dump that is there already; a dump's name makes no sense for its report. */
  Path file(String operand) throws UsageException {
    if (named.isPresent()) {
      throw new UsageException("-o " + named.get() + " would be a heap dump, and " + operand + " is one already");
    }
    return Path.of(operand);
  }

  /** Empty if the dump goes after the analysis. */
  Optional<Path> destination(String operand) throws UsageException {
    if (named.isPresent() || !keep) {
      return named;
    }
    String name = operand.replaceAll("[^A-Za-z0-9._-]", "_");
    String ending = arguments.has("--gz") ? ".hprof.gz" : ".hprof";
    for (int number = 1; number < 1000; number++) {
      Path file = Path.of("heap-" + name + (number == 1 ? "" : "-" + number) + ending);
      if (!Files.exists(file)) {
        return Optional.of(file);
      }
    }
    throw new UsageException("too many dumps named heap-" + name + " lie here; name one by -o FILE.hprof");
  }
}
