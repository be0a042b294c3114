package io.tare.capture.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A hold on a file or folder (a descriptor with {@code O_PATH}): the file is known from then on, whatever its path comes to mean, but
 * it has not been opened. So looking at it is harmless even when it is a pipe that hangs or a device that acts.
 */
public final class FileHold implements AutoCloseable {
  private static final long HERE = -100;
  private static final long O_NOCTTY = 0x100;
  private static final long O_NONBLOCK = 0x800;
  private static final long O_CLOEXEC = 0x80000;
  private static final long O_PATH = 0x200000;
  private static final boolean IS_ARM = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT).equals("aarch64");
  private static final long O_DIRECTORY = IS_ARM ? 0x4000 : 0x10000;
  private static final long O_NOFOLLOW = IS_ARM ? 0x8000 : 0x20000;
  private static final int NOTHING = -1;
  private static final int HOW_LONGS = 3;
  /** A path is looked up again when somebody renames folders meanwhile. */
  private static final int TRIES = 16;
  private static final AtomicBoolean IS_PREPARED = new AtomicBoolean();

  private final int descriptor;
  private final Lookup lookup;

  private FileHold(int descriptor, Lookup lookup) {
    this.descriptor = descriptor;
    this.lookup = lookup;
  }

  /** Makes the calls that this takes ready, in the background and once: who needs them sooner waits for that. */
  public static void prepare() {
    if (IS_PREPARED.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("native calls").start(() -> {
        try {
          SystemCall.CLOSE.call(NOTHING);
        } catch (IOException missing) {
          // Whoever needs a call is told.
          return;
        }
      });
    }
  }

  /** What to do with links on the way. */
  public enum Links {
    /** An absolute one begins at the folder held, {@code ..} does not leave it; links that the kernel made lead nowhere. */
    INSIDE(0x10 | 0x2),
    /** None is accepted. */
    NONE(0x10 | 0x2 | 0x4);

    private final long resolve;

    Links(long resolve) {
      this.resolve = resolve;
    }
  }

  /** How paths below a folder are looked up: by the kernel in one go, or, before Linux 5.6, component by component. */
  enum Lookup {
    WHOLE, BY_COMPONENT
  }

  /** Holds what the path leads to, links followed: for paths of {@code /proc}, whose links the kernel made. */
  public static FileHold of(Path path) throws IOException {
    return of(path, Lookup.WHOLE);
  }

  static FileHold of(Path path, Lookup lookup) throws IOException {
    return new FileHold(open(HERE, path.toString(), O_PATH), lookup);
  }

  /** Holds what lies at that path below this folder; it never leads out of it. */
  public FileHold below(String path, Links links) throws IOException {
    if (lookup == Lookup.WHOLE) {
      LibC.Answer answer = whole(path, links);
      if (!answer.failed()) {
        return new FileHold((int) answer.value(), lookup);
      }
      // A container's filter may say "not permitted" of a call that it does not know.
      if (!answer.unknownToKernel() && answer.errno() != Errno.EPERM) {
        throw failure(answer, path);
      }
    }
    return byComponent(path);
  }

  private LibC.Answer whole(String path, Links links) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path).address();
      MemorySegment how = arena.allocate((long) HOW_LONGS * Long.BYTES, Long.BYTES);
      how.setAtIndex(ValueLayout.JAVA_LONG, 0, O_PATH | O_CLOEXEC);
      how.setAtIndex(ValueLayout.JAVA_LONG, 2, links.resolve);
      LibC.Answer answer = SystemCall.OPENAT2.call(descriptor, name, how.address(), how.byteSize());
      for (int tries = 1; tries < TRIES && answer.failed() && answer.errno() == Errno.EAGAIN; tries++) {
        answer = SystemCall.OPENAT2.call(descriptor, name, how.address(), how.byteSize());
      }
      return answer;
    }
  }

  /** No link at all is followed here, which is stricter than asked for. */
  private FileHold byComponent(String path) throws IOException {
    List<String> names = Stream.of(path.split("/")).filter(name -> !name.isEmpty() && !name.equals(".")).toList();
    if (names.isEmpty() || names.contains("..")) {
      throw new NoSuchFileException(path);
    }
    FileHold at = this;
    try {
      for (int i = 0; i < names.size(); i++) {
        long kind = i < names.size() - 1 ? O_DIRECTORY : 0;
        FileHold next = new FileHold(open(at.descriptor, names.get(i), O_PATH | O_NOFOLLOW | kind), lookup);
        if (at != this) {
          at.close();
        }
        at = next;
      }
      return at;
    } catch (IOException refused) {
      if (at != this) {
        at.close();
      }
      throw refused;
    }
  }

  public FileFacts facts() throws IOException {
    return FileFacts.of(descriptor);
  }

  /** A path to this very file, for listing a folder. */
  public Path path() {
    return path(descriptor);
  }

  private static Path path(int descriptor) {
    return Path.of("/proc/self/fd/" + descriptor);
  }

  /** Opens this very file for reading, once it is known to be a regular one; refused where that would have to wait. */
  public FileChannel read() throws IOException {
    // A file that its owner has leased makes an ordinary opening wait; while this one is open, it can't be leased.
    int opened = open(HERE, path().toString(), O_NONBLOCK | O_NOCTTY);
    try {
      return FileChannel.open(path(opened), StandardOpenOption.READ);
    } finally {
      SystemCall.CLOSE.call(opened);
    }
  }

  private static int open(long folder, String path, long flags) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      LibC.Answer opened = SystemCall.OPENAT.call(folder, arena.allocateFrom(path).address(), flags | O_CLOEXEC);
      if (opened.failed()) {
        throw failure(opened, path);
      }
      return (int) opened.value();
    }
  }

  private static IOException failure(LibC.Answer answer, String path) {
    return switch (answer.errno()) {
      case Errno.ENOENT, Errno.ENOTDIR, Errno.ESRCH -> new NoSuchFileException(path);
      case Errno.EACCES, Errno.EPERM -> new AccessDeniedException(path);
      default -> new IOException(path + ": " + Errno.words(answer.errno()));
    };
  }

  @Override
  public void close() throws IOException {
    SystemCall.CLOSE.call(descriptor);
  }
}
