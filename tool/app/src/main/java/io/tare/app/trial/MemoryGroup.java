package io.tare.app.trial;

import io.tare.app.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A memory group with a limit, as a container's, in either version of control groups; making one takes root. */
record MemoryGroup(Path folder) implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgt]?)(?:i?b)?",
      Pattern.CASE_INSENSITIVE);
  private static final long REMOVING_MILLIS = 5_000;

  static MemoryGroup of(String limit) throws IOException {
    OptionalDouble bytes = bytes(limit);
    if (bytes.isEmpty()) {
      throw new IOException("'" + limit + "' is no size such as 512m or 1g");
    }
    boolean first = Files.isDirectory(ROOT.resolve("memory"));
    Path folder = (first ? ROOT.resolve("memory") : ROOT)
        .resolve("tare-try-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    try {
      Files.createDirectory(folder);
      Files.writeString(folder.resolve(first ? "memory.limit_in_bytes" : "memory.max"),
          Long.toString((long) bytes.getAsDouble()));
      return new MemoryGroup(folder);
    } catch (IOException refused) {
      Files.deleteIfExists(folder);
      throw new IOException("no memory group can be made and limited here, which takes root: " + refused.getMessage(),
          refused);
    }
  }

  /** A shell that moves itself into the group, then becomes the command. */
  List<String> entering(List<String> command) {
    List<String> all = new ArrayList<>(List.of("sh", "-c", "echo $$ > \"$1\" && shift && exec \"$@\"", "sh",
        folder.resolve("cgroup.procs").toString()));
    all.addAll(command);
    return all;
  }

  @Override
  public void close() throws IOException {
    long until = System.nanoTime() + REMOVING_MILLIS * 1_000_000;
    while (true) {
      try {
        Files.deleteIfExists(folder);
        return;
      } catch (IOException stillInUse) {
        if (System.nanoTime() > until) {
          throw stillInUse;
        }
        Thread.onSpinWait();
      }
    }
  }

  /** {@code 512m}, {@code 1g}, {@code 1.5 GB}; powers of 1024. */
  static OptionalDouble bytes(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      return OptionalDouble.empty();
    }
    int power = "kmgt".indexOf(size.group(2).toLowerCase(Locale.ROOT)) + 1;
    return OptionalDouble.of(Double.parseDouble(size.group(1)) * Math.pow(1024, size.group(2).isEmpty() ? 0 : power));
  }

  static double bytesOf(String option, String text) throws UsageException {
    return bytes(text)
        .orElseThrow(() -> new UsageException(option + " needs a size such as 512m or 1g, not '" + text + "'"));
  }
}
