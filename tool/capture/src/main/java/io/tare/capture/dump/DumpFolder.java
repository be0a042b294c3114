package io.tare.capture.dump;

import io.tare.capture.attach.Credentials;
import io.tare.capture.proc.ProcessFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A folder of our own that only the target's user can enter. It goes with everything in it, also when we are interrupted, and
 * also when the target and with it the way through its root is gone: the folder above is held open.
 */
public final class DumpFolder implements AutoCloseable {
  private static final String FILE = "heap.hprof";
  /** An interrupted JVM goes on writing, and may just have put another file there. */
  private static final int MOST_ATTEMPTS = 20;
  private static final long PAUSE_NANOS = 50_000_000;

  private final SecureDirectoryStream<Path> above;
  private final Path asWe;
  private final Path asTarget;
  private final Thread onExit = new Thread(this::remove, "remove-heap-dump");
  private final Consumer<String> warning;
  private boolean removed;

  private DumpFolder(SecureDirectoryStream<Path> above, Path asWe, Path asTarget, Consumer<String> warning) {
    this.above = above;
    this.asWe = asWe;
    this.asTarget = asTarget;
    this.warning = warning;
  }

  /**
   * Makes the folder.
   *
   * @param warning told when the folder cannot be removed in the end
   */
  // The folder above stays open as long as this one is needed.
  @SuppressWarnings("StreamResourceLeak")
  public static DumpFolder in(DumpPlace place, ProcessFolder process, Consumer<String> warning) throws DumpRefused {
    try {
      DirectoryStream<Path> above = Files.newDirectoryStream(place.asWe());
      if (!(above instanceof SecureDirectoryStream<Path> held)) {
        above.close();
        throw new IOException("the folder cannot be held open");
      }
      Path folder = Files.createTempDirectory(place.asWe(), ".tare-heap-",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path name = folder.getFileName();
      DumpFolder made = new DumpFolder(held, folder, place.asTarget().resolve(name.toString()), warning);
      Runtime.getRuntime().addShutdownHook(made.onExit);
      made.giveTo(process);
      return made;
    } catch (IOException refused) {
      throw new DumpRefused("no private folder can be made in " + place.asTarget() + ": " + refused.getMessage(),
          refused);
    }
  }

  private void giveTo(ProcessFolder process) throws IOException {
    Optional<Credentials> target = Credentials.parse(process.text("status").orElse(""));
    if (target.isPresent() && !target.equals(Credentials.own())) {
      Files.setAttribute(asWe, "unix:uid", (int) target.get().user(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(asWe, "unix:gid", (int) target.get().group(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** From here on the target can't change what lies in the folder. */
  void takeBack() throws IOException {
    Optional<Credentials> own = Credentials.own();
    if (own.isPresent() && own.get().isRoot()) {
      Files.setAttribute(asWe, "unix:uid", (int) own.get().user(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(asWe, "unix:gid", (int) own.get().group(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** The dump's path as the target names it. */
  String fileForTarget() {
    return asTarget.resolve(FILE).toString();
  }

  /** The dump's path as we reach it. */
  public Path file() {
    return asWe.resolve(FILE);
  }

  /** Bytes of all files in it so far: a JVM may write several at once. */
  public long bytes() {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(asWe)) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    } catch (IOException changing) {
      return bytes;
    }
    return bytes;
  }

  /** Removes the folder; does nothing the second time. */
  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException ending) {
      // We are ending: the hook itself has been here, or is waiting.
      return;
    }
  }

  private synchronized void remove() {
    if (removed) {
      return;
    }
    removed = true;
    try (above) {
      IOException last = null;
      for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        try {
          removeOnce();
          return;
        } catch (IOException stillWriting) {
          last = stillWriting;
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
      warning.accept(asTarget + " cannot be removed: " + (last == null ? "" : last.getMessage()));
    } catch (IOException closing) {
      warning.accept("the folder above " + asTarget + " cannot be closed: " + closing.getMessage());
    }
  }

  private void removeOnce() throws IOException {
    Path name = asWe.getFileName();
    try (SecureDirectoryStream<Path> inside = above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      List<Path> files = new ArrayList<>();
      inside.forEach(file -> files.add(file.getFileName()));
      for (Path file : files) {
        inside.deleteFile(file);
      }
    }
    above.deleteDirectory(name);
  }
}
