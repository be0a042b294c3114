package io.tare.sync.destination;

import io.tare.sync.source.Unavailable;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** A directory. Each file is written under a name of its own first, then moved into place with its time of change. */
public final class LocalDestination implements Destination {
  private static final int BUFFER_BYTES = 1 << 16;
  /** A file system that has less than this beside a file's size may refuse it for its own book-keeping. */
  private static final long SLACK_BYTES = 1 << 16;

  private final Path root;
  private final MadeDirectories made = new MadeDirectories();

  private LocalDestination(Path root) {
    this.root = root;
  }

  public static LocalDestination open(Path root) throws IOException {
    try {
      return new LocalDestination(Files.createDirectories(root).toRealPath());
    } catch (IOException failure) {
      throw new Unavailable("the destination " + root + " can't be used: " + failure, failure);
    }
  }

  @Override
  public String identity() {
    return "file:" + root;
  }

  /** Asks for each file: a directory's listing would not tell sizes. */
  @Override
  public Look look(String directory) {
    Path there = root.resolve(directory);
    return Files.isDirectory(there) ? name -> standing(there.resolve(name)) : Look.NOTHING_THERE;
  }

  private static Optional<Standing> standing(Path file) throws IOException {
    BasicFileAttributes found = file.getFileSystem().provider().readAttributesIfExists(file,
        BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return found == null || !found.isRegularFile()
        ? Optional.empty()
        : Optional.of(Standing.of(found.size(), found.lastModifiedTime().toMillis(), 1));
  }

  @Override
  public boolean holds(String path, FileFacts facts) throws IOException {
    return standing(file(path)).filter(found -> !found.isOtherThan(facts)).isPresent();
  }

  @Override
  public ContentHash hash(String path) throws IOException {
    try (InputStream content = Files.newInputStream(file(path), LinkOption.NOFOLLOW_LINKS)) {
      return ContentHash.ofContent(content);
    } catch (NoSuchFileException absent) {
      return ContentHash.UNKNOWN;
    }
  }

  @Override
  public void put(String path, FileFacts facts, InputStream content) throws IOException {
    Path file = file(path);
    Path part = part(file);
    try {
      try (OutputStream into = create(part)) {
        byte[] buffer = new byte[Math.clamp(facts.sizeBytes() + 1, 1, BUFFER_BYTES)];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
          into.write(buffer, 0, read);
        }
      }
      Files.setLastModifiedTime(part, FileTime.fromMillis(facts.modifiedMillis()));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      boolean isFull = isFull(facts.sizeBytes(), failure);
      Files.deleteIfExists(part);
      throw isFull ? Full.at(root.toString(), failure) : failure;
    }
  }

  /** The directory is made where it is missing, which is seldom: asking before each file would cost more than the failure. */
  private OutputStream create(Path part) throws IOException {
    StandardOpenOption[] anew = {StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE};
    Path parent = part.getParent();
    if (parent != null && !made.contains(parent.toString())) {
      Files.createDirectories(parent);
      made.add(parent.toString());
    }
    try {
      return Files.newOutputStream(part, anew);
    } catch (NoSuchFileException goneMeanwhile) {
      if (parent == null || !Files.isDirectory(root)) {
        throw goneMeanwhile;
      }
      Files.createDirectories(parent);
      return Files.newOutputStream(part, anew);
    }
  }

  private boolean isFull(long neededBytes, IOException failure) throws IOException {
    return Full.isSaidIn(String.valueOf(failure.getMessage()))
        || (!(failure instanceof NoSuchFileException) && Files.isDirectory(root)
            && Files.getFileStore(root).getUsableSpace() < Math.min(neededBytes, SLACK_BYTES));
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(file(path));
  }

  @Override
  public void deletePart(String path) throws IOException {
    Files.deleteIfExists(part(file(path)));
  }

  private Path file(String path) throws IOException {
    return root.resolve(SafePath.check(path));
  }

  private static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + PART);
  }

  @Override
  public void close() {}
}
