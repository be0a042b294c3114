package io.tare.fleet.store;

import io.tare.fleet.schema.Table;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where a fleet's files lie, and which of them count.
 *
 * <p>A day is read from its closed files, and from those of the inbox that were not taken into them: {@code _closed} beside the closed files names
 * both, and is put in place in one step. So a compaction that was cut short has done nothing, or all.
 */
public record FleetFolder(Path root) {
  private static final String DAY = "day=";
  private static final String ENDING = ".parquet";
  private static final String CLOSED = "_closed";

  /**
   * What a closed day says of itself.
   *
   * @param parts files that count
   * @param taken files of the inbox that are in them, each with the digest of what it was made of
   */
  public record Closed(List<String> parts, SortedMap<String, String> taken) {
    public Closed {
      parts = List.copyOf(parts);
      taken = new TreeMap<>(taken);
    }

    static final Closed NOTHING = new Closed(List.of(), new TreeMap<>());

    private String text() {
      StringBuilder text = new StringBuilder();
      parts.forEach(part -> text.append("part ").append(part).append('\n'));
      taken.forEach((name, digest) -> text.append("taken ").append(name).append(' ').append(digest).append('\n'));
      return text.toString();
    }

    private static Closed parse(List<String> lines) {
      List<String> parts = new ArrayList<>();
      SortedMap<String, String> taken = new TreeMap<>();
      for (String line : lines) {
        String[] words = line.split(" ");
        if (words[0].equals("part") && words.length == 2) {
          parts.add(words[1]);
        } else if (words[0].equals("taken") && words.length == 3) {
          taken.put(words[1], words[2]);
        }
      }
      return new Closed(parts, taken);
    }
  }

  /** Refuses what is no fleet's folder, with a sentence that says what one has. */
  public static FleetFolder open(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(root + ", where a fleet's files are looked for");
    }
    FleetFolder folder = new FleetFolder(root);
    for (Table table : Table.ALL) {
      if (Files.isDirectory(folder.closed(table.name())) || Files.isDirectory(folder.inbox(table.name()))) {
        return folder;
      }
    }
    throw new IOException(root + " holds no ledgers of a fleet: it has neither ledger/day=… nor inbox/ledger/day=…;"
        + " 'tare fleet import FILE… --fleet " + root + "' puts recordings there");
  }

  public Path inbox(String table) {
    return root.resolve("inbox").resolve(table);
  }

  public Path closed(String table) {
    return root.resolve(table);
  }

  public Path inbox(Table table, LocalDate day) {
    return inbox(table.name()).resolve(DAY + day);
  }

  public Path closed(String table, LocalDate day) {
    return closed(table).resolve(DAY + day);
  }

  /** Where files are moved that can't be read. */
  public Path aside() {
    return root.resolve("aside");
  }

  /** The days of which a folder has files, in order. */
  public static List<LocalDate> days(Path tableFolder) throws IOException {
    if (!Files.isDirectory(tableFolder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(tableFolder)) {
      return folders.flatMap(folder -> day(folder.getFileName().toString()).stream()).sorted().toList();
    }
  }

  private static Optional<LocalDate> day(String name) {
    try {
      return name.startsWith(DAY) ? Optional.of(LocalDate.parse(name.substring(DAY.length()))) : Optional.empty();
    } catch (DateTimeParseException foreign) {
      return Optional.empty();
    }
  }

  public Closed closedDay(String table, LocalDate day) throws IOException {
    Path list = closed(table, day).resolve(CLOSED);
    return Files.exists(list) ? Closed.parse(Files.readAllLines(list)) : Closed.NOTHING;
  }

  /** Says, in one step, what counts of a day from now on. */
  void close(String table, LocalDate day, Closed closed) throws IOException {
    Path list = closed(table, day).resolve(CLOSED);
    Path fresh = list.resolveSibling(CLOSED + ".new");
    Files.writeString(fresh, closed.text());
    try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(fresh, list, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Closed files of a day that count. Where another engine wrote them there is no list, and all do. */
  public List<Path> closedFiles(String table, LocalDate day) throws IOException {
    Path folder = closed(table, day);
    if (!Files.exists(folder.resolve(CLOSED))) {
      return parquet(folder);
    }
    return closedDay(table, day).parts().stream().map(folder::resolve).toList();
  }

  /** Files of the inbox that are not in closed ones. */
  public List<Path> waitingFiles(Table table, LocalDate day) throws IOException {
    SortedMap<String, String> taken = closedDay(table.name(), day).taken();
    return parquet(inbox(table, day)).stream().filter(file -> !taken.containsKey(file.getFileName().toString()))
        .toList();
  }

  /** Parquet files of a folder by name; what begins with a dot or an underscore is being written. */
  static List<Path> parquet(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING) && !name.startsWith(".") && !name.startsWith("_");
      }).sorted().toList();
    }
  }

  /** Why a file is no whole Parquet file; empty when its ends are as they should be. */
  public static Optional<String> torn(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long size = in.length();
      byte[] head = new byte[4];
      byte[] tail = new byte[8];
      if (size < 12) {
        return Optional.of(size == 0 ? "it is empty" : "it is cut off after " + size + " bytes");
      }
      in.readFully(head);
      in.seek(size - tail.length);
      in.readFully(tail);
      if (!"PAR1".equals(new String(head, StandardCharsets.ISO_8859_1))) {
        return Optional.of("it is no Parquet file");
      }
      if (!"PAR1".equals(new String(tail, 4, 4, StandardCharsets.ISO_8859_1))) {
        return Optional.of("its footer is missing: it was cut off while it was written or copied");
      }
      long footer = Integer.toUnsignedLong((tail[0] & 255) | (tail[1] & 255) << 8 | (tail[2] & 255) << 16
          | (tail[3] & 255) << 24);
      return footer <= size - 12 ? Optional.empty() : Optional.of("its footer is longer than the file");
    }
  }

  /** Nobody else writes here until it is closed. */
  public FileChannel lock() throws IOException {
    Files.createDirectories(root);
    FileChannel channel = FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException ours) {
      // Said below.
    }
    channel.close();
    throw new IOException("another 'tare fleet' is writing to " + root + ": try again when it has ended");
  }
}
