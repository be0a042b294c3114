package io.tare.capture.proc;

/** The names in {@code /proc/PID/maps}, which is cheaper than smaps. */
public final class MappedNames {
  private static final long MOST_BYTES = 64 << 20;

  private MappedNames() {}

  /** Whether a file of that name's end is mapped; a file that was replaced since counts too. */
  public static boolean anyEndsWith(ProcessFolder folder, String end) {
    FileRead maps = FileRead.of(folder.file("maps"), MOST_BYTES);
    return maps.hasContent() && maps.text().lines()
        .anyMatch(line -> line.endsWith(end) || line.endsWith(end + " (deleted)"));
  }
}
