package io.tare.sync.destination;

import io.tare.sync.source.Unavailable;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** A directory. Each file is written under a name of its own first, then moved into place with its time of change. */
public final class LocalDestination implements Destination {
  private static final String PART = ".sync-part";
  private final Path root;

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

  @Override
  public boolean holds(String path, FileFacts facts) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(file(path), BasicFileAttributes.class,
          LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile() && found.size() == facts.sizeBytes()
          && found.lastModifiedTime().toMillis() == facts.modifiedMillis();
    } catch (NoSuchFileException absent) {
      return false;
    }
  }

  @Override
  public void put(String path, FileFacts facts, InputStream content) throws IOException {
    Path file = file(path);
    Path part = file.resolveSibling(file.getFileName() + PART);
    Files.createDirectories(parent(file));
    Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(part, FileTime.fromMillis(facts.modifiedMillis()));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(file(path));
  }

  private Path file(String path) throws IOException {
    return root.resolve(SafePath.check(path));
  }

  private Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? root : parent;
  }

  @Override
  public void close() {}
}
