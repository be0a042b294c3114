package io.tare.app.heap;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.Option;
import io.tare.app.cli.VersionCommand;
import io.tare.capture.door.NewFile;
import io.tare.capture.door.OwnFile;
import io.tare.capture.door.OwnFolder;
import io.tare.heap.hprof.DumpFile;
import io.tare.heap.saved.IndexPlace;
import io.tare.report.look.Units;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Where the index of a dump lies: in a folder of this user's, or beside the dump; two files, known by their endings. */
final class HeapIndex implements IndexPlace {
  static final List<Option> OPTIONS = List.of(
      Option.choice("--index", "WHERE", List.of("auto", "cache", "beside", "never"),
          "where to keep what was found, so that the next question takes a moment (default: auto, which is the cache"
              + " folder for dumps of 64 MB and more)"),
      Option.flag("--forget", "remove what is kept of this dump"));

  private static final long WORTH_KEEPING_BYTES = 64 << 20;
  /** A full disk is no place for what can be had again. */
  private static final int ROOM_FACTOR = 4;
  private static final int MOST_KEPT = 20;

  private final Path dump;
  private final String where;
  private final Console console;
  private final Optional<Path> cache;
  private Optional<String> stamp = Optional.empty();

  private HeapIndex(Path dump, String where, Console console) {
    this.dump = dump.toAbsolutePath();
    this.where = where;
    this.console = console;
    this.cache = cacheFolder(console);
  }

  static IndexPlace of(Path dump, Arguments arguments, Console console) {
    String where = arguments.value("--index").orElse("auto");
    return where.equals("never") ? IndexPlace.NONE : new HeapIndex(dump, where, console);
  }

  /** Removes what is kept of a dump, wherever, and says so. */
  static void forget(Path dump, Console console) throws IOException {
    HeapIndex index = new HeapIndex(dump, "auto", console);
    boolean any = false;
    for (Part part : Part.values()) {
      for (Path file : index.files(part)) {
        try (FileChannel ours = OwnFile.open(file, StandardOpenOption.READ)) {
          long bytes = ours.size();
          Files.delete(file);
          console.out().println("removed " + file + " (" + Units.BINARY.format(bytes) + ")");
          any = true;
        } catch (NoSuchFileException none) {
          // Nothing is kept there.
        }
      }
    }
    if (!any) {
      console.out().println("nothing is kept of " + dump);
    }
  }

  /** {@code XDG_CACHE_HOME}, or {@code .cache} at home; empty for who has no home. */
  private static Optional<Path> cacheFolder(Console console) {
    String named = console.environment().getOrDefault("XDG_CACHE_HOME", "");
    String home = console.environment().getOrDefault("HOME", "");
    Optional<Path> base = named.startsWith("/")
        ? Optional.of(Path.of(named))
        : home.startsWith("/") && home.length() > 1 ? Optional.of(Path.of(home, ".cache")) : Optional.empty();
    return base.map(folder -> folder.resolve("tare").resolve("heap"));
  }

  /** Where the file may lie, the nearest first. */
  private List<Path> files(Part part) {
    List<Path> files = new ArrayList<>(List.of(beside(part)));
    cache.map(folder -> cached(folder, part)).ifPresent(files::add);
    return files;
  }

  private Path beside(Part part) {
    return dump.resolveSibling(name() + ending(part));
  }

  private Path cached(Path folder, Part part) {
    String key = UUID.nameUUIDFromBytes(dump.normalize().toString().getBytes(StandardCharsets.UTF_8)).toString();
    String plain = name().replaceAll("[^A-Za-z0-9._-]", "_");
    return folder.resolve(plain.substring(0, Math.min(plain.length(), 80)) + "-" + key + ending(part));
  }

  private String name() {
    return String.valueOf(dump.getFileName());
  }

  private static String ending(Part part) {
    return ".tare-" + part.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Optional<Kept> open(Part part) throws IOException {
    for (Path file : files(part)) {
      try {
        // Who has written to it is told by the time, which is asked for after it is open.
        FileChannel channel = OwnFile.open(file, StandardOpenOption.READ);
        return Optional.of(new Kept(channel, Files.getLastModifiedTime(file).toMillis()));
      } catch (IOException noneOfOurs) {
        // The next place may have one.
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Writing> begin(Part part, long aboutBytes) {
    boolean wanted = !where.equals("auto") || dump.toFile().length() >= WORTH_KEEPING_BYTES;
    Optional<Path> target = where.equals("beside") ? Optional.of(beside(part)) : cache.map(dir -> cached(dir, part));
    if (!wanted || target.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(begin(target.get(), part, aboutBytes));
    } catch (IOException unwelcome) {
      failed(unwelcome);
      return Optional.empty();
    }
  }

  private Writing begin(Path target, Part part, long aboutBytes) throws IOException {
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException(target + " is no place for a file");
    }
    if (cache.isPresent() && folder.equals(cache.get())) {
      Files.createDirectories(folder.resolveSibling(""));
      try (OwnFolder ours = OwnFolder.create(folder)) {
        removeOldest(folder, ours);
      }
    }
    long room = folder.toFile().getUsableSpace();
    if (room / ROOM_FACTOR < aboutBytes) {
      throw new IOException(folder + " has " + Units.BINARY.format(room) + " free, and the index has about "
          + Units.BINARY.format(aboutBytes));
    }
    return new IndexFile(NewFile.beside(target, NewFile.Readers.OWNER), target, part);
  }

  private static void removeOldest(Path folder, OwnFolder ours) throws IOException {
    List<String> names = new ArrayList<>(ours.names());
    names.removeIf(name -> !name.endsWith(ending(Part.HEAP)) && !name.endsWith(ending(Part.SUMMARY)));
    names.sort(Comparator.comparingLong(name -> folder.resolve(name).toFile().lastModified()));
    for (String name : names.subList(0, Math.max(0, names.size() - MOST_KEPT))) {
      ours.remove(name);
    }
  }

  @Override
  public void failed(IOException why) {
    if (!where.equals("auto")) {
      console.err().println("tare: no index is kept of " + name() + ": " + why.getMessage());
    }
  }

  @Override
  public String stamp() throws IOException {
    if (stamp.isEmpty()) {
      stamp = Optional.of(VersionCommand.version() + " " + DumpFile.stamp(dump));
    }
    return stamp.get();
  }

  /** Says where an index lies as soon as it does. */
  private final class IndexFile implements Writing {
    private final NewFile file;
    private final Path target;
    private final Part part;

    IndexFile(NewFile file, Path target, Part part) {
      this.file = file;
      this.target = target;
      this.part = part;
    }

    @Override
    public FileChannel channel() {
      return file.channel();
    }

    @Override
    public void putInPlace(long bytes) throws IOException {
      file.putInPlace();
      file.channel().close();
      if (part == Part.HEAP) {
        console.err().println("kept an index for the next question: " + target + " (" + Units.BINARY.format(bytes)
            + "; --forget removes it, --index never makes none)");
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
