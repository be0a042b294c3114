package io.tare.capture.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that belongs to this user and that nobody else can look into, held open: small files in it are reached through the descriptor, so
 * that exchanging the folder under its name changes nothing. Only plain files of our own count; whatever else lies there is not seen.
 */
public final class OwnFolder implements AutoCloseable {
  private static final int MOST_FILES = 1_000;
  private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.complementOf(EnumSet.of(
      PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

  private final SecureDirectoryStream<Path> folder;
  private final PosixFileAttributes attributes;

  private OwnFolder(SecureDirectoryStream<Path> folder, PosixFileAttributes attributes) {
    this.folder = folder;
    this.attributes = attributes;
  }

  /** Opens the folder, and creates it where it is missing. Throws, with a sentence, when it is not ours alone. */
  public static OwnFolder create(Path path) throws IOException {
    try {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException there) {
      return open(path);
    }
    return open(path);
  }

  /** Opens a folder that is there. Throws, with a sentence, when it is not ours alone. */
  public static OwnFolder open(Path path) throws IOException {
    SecureDirectoryStream<Path> folder = holdUnfollowed(path);
    try {
      PosixFileAttributes attributes = folder.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
      // The descriptor knows its owner by name only; the number stands under the path, and the key says whether both are one.
      Map<String, Object> byName = Files.readAttributes(path, "unix:uid,fileKey", LinkOption.NOFOLLOW_LINKS);
      if (!Objects.equals(byName.get("fileKey"), attributes.fileKey())
          || ((Number) byName.getOrDefault("uid", -1)).longValue() != OwnUser.id()) {
        throw new IOException("the folder " + path + " belongs to another user");
      }
      if (attributes.permissions().stream().anyMatch(OF_OTHERS::contains)) {
        throw new IOException("the folder " + path + " is open to other users");
      }
      return new OwnFolder(folder, attributes);
    } catch (IOException refused) {
      folder.close();
      throw refused;
    }
  }

  private static SecureDirectoryStream<Path> holdUnfollowed(Path path) throws IOException {
    try (SecureDirectoryStream<Path> parent = NewFile.hold(NewFile.folderOf(path))) {
      return parent.newDirectoryStream(NewFile.name(path), LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException missing) {
      throw missing;
    } catch (IOException noFolder) {
      throw new IOException(path + " is no folder of ours", noFolder);
    }
  }

  /** The names in it; can be asked once. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Path entry : folder) {
      if (names.size() < MOST_FILES) {
        names.add(String.valueOf(entry.getFileName()));
      }
    }
    return names;
  }

  /** The text of a small file; empty when it is missing, too large, or not a plain file of ours. */
  public Optional<String> text(String name, int mostBytes) {
    Path file = Path.of(name);
    try {
      PosixFileAttributes found = folder
          .getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).readAttributes();
      if (!found.isRegularFile() || found.size() > mostBytes || !found.owner().equals(attributes.owner())) {
        return Optional.empty();
      }
      try (SeekableByteChannel channel = folder.newByteChannel(file,
          Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
        ByteBuffer bytes = ByteBuffer.allocate(mostBytes);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
          // A file may come in pieces.
        }
        return Optional.of(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
      }
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Writes a small file anew: what stands under the name is removed, not written to. */
  public void write(String name, String text) throws IOException {
    remove(name);
    try (SeekableByteChannel channel = folder.newByteChannel(Path.of(name),
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  public void remove(String name) throws IOException {
    try {
      folder.deleteFile(Path.of(name));
    } catch (NoSuchFileException gone) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
