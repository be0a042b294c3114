package io.tare.capture.door;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file that appears under its name only when it is whole. It is written under a name that nobody can guess, beside its place, and then
 * renamed: what stood there (a link as well) is replaced, never written to. All of it happens relative to the folder, which is held open.
 * Closing it before {@link #putInPlace} removes it.
 */
public final class NewFile implements AutoCloseable {
  private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
      StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final FileAttribute<?> PRIVATE = PosixFilePermissions
      .asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int RANDOM_BYTES = 16;

  private final SecureDirectoryStream<Path> folder;
  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private boolean isInPlace;

  /** Who may read a file; from its first byte on, so that nothing has to be changed by name later. */
  public enum Readers {
    /** Recordings, captures, dumps: they tell of what a process holds. */
    OWNER,
    /** Reports: as the user's umask says. */
    UMASK
  }

  private NewFile(SecureDirectoryStream<Path> folder, Path target, Path part, FileChannel channel) {
    this.folder = folder;
    this.target = target;
    this.part = part;
    this.channel = channel;
  }

  /** Begins a file that is to stand at the target. */
  public static NewFile beside(Path target, Readers readers) throws IOException {
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(target + " is a folder; name a file");
    }
    if (!NamedTarget.isFile(target)) {
      // Renamed over /dev/stdout, a file would be everybody's standard output.
      throw new IOException(target + " is a pipe, a device or an output; name a file");
    }
    return create(target, Path.of(".tare-" + random() + ".part"), readers);
  }

  /** Begins a file that stands at the target from the first; throws if anything, a link as well, is there already. */
  public static NewFile at(Path target, Readers readers) throws IOException {
    return create(target, name(target), readers);
  }

  /** Writes a whole file. */
  public static void write(Path target, Readers readers, String text) throws IOException {
    write(target, readers, text.getBytes(StandardCharsets.UTF_8));
  }

  public static void write(Path target, Readers readers, byte[] content) throws IOException {
    try (NewFile file = beside(target, readers)) {
      try (OutputStream out = file.stream()) {
        out.write(content);
      }
      file.putInPlace();
    }
  }

  private static NewFile create(Path target, Path name, Readers readers) throws IOException {
    SecureDirectoryStream<Path> folder = hold(folderOf(target));
    try {
      FileAttribute<?>[] attributes = readers == Readers.OWNER
          ? new FileAttribute<?>[] {PRIVATE}
          : new FileAttribute<?>[0];
      return new NewFile(folder, target, name, (FileChannel) folder.newByteChannel(name, NEW, attributes));
    } catch (AccessDeniedException denied) {
      folder.close();
      throw located(new AccessDeniedException(folderOf(target).toString()), denied);
    } catch (FileSystemException failure) {
      folder.close();
      throw new IOException(target + " can't be written: " + reason(failure), failure);
    }
  }

  private static AccessDeniedException located(AccessDeniedException told, AccessDeniedException cause) {
    told.initCause(cause);
    return told;
  }

  /** The folder, held open: renaming it, or a link on the way to it, changes nothing any more. */
  @SuppressWarnings("StreamResourceLeak") // It is the caller's from then on.
  static SecureDirectoryStream<Path> hold(Path folder) throws IOException {
    DirectoryStream<Path> stream;
    try {
      stream = Files.newDirectoryStream(folder);
    } catch (NoSuchFileException missing) {
      throw new IOException("there is no folder " + folder, missing);
    }
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException(folder + " can't be held open on this system");
  }

  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  static Path name(Path file) throws IOException {
    Path name = file.getFileName();
    if (name == null || name.toString().isEmpty()) {
      throw new IOException("'" + file + "' is no name for a file");
    }
    return name;
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String reason(FileSystemException failure) {
    String reason = failure.getReason();
    return reason == null ? failure.getClass().getSimpleName().replace("Exception", "") : reason;
  }

  /** For reading and writing; it stays open when the file is in its place, and belongs to the caller from then on. */
  public FileChannel channel() {
    return channel;
  }

  /** Writes the content; closing it closes the channel. */
  public OutputStream stream() {
    return new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
  }

  /** Gives the file its name. */
  public void putInPlace() throws IOException {
    Path name = name(target);
    if (!part.equals(name)) {
      try {
        folder.move(part, folder, name);
      } catch (FileSystemException refused) {
        throw new IOException(target + " can't be replaced: " + reason(refused), refused);
      }
    }
    isInPlace = true;
  }

  /** May be called by several threads: who is asked to end closes what another one writes. */
  @Override
  public void close() throws IOException {
    if (isClosed.getAndSet(true)) {
      return;
    }
    try (folder) {
      if (!isInPlace) {
        channel.close();
        folder.deleteFile(part);
      }
    } catch (NoSuchFileException gone) {
      return;
    }
  }
}
