package io.tare.capture.kernel;

import io.tare.capture.kernel.LibC.Answer;
import io.tare.capture.kernel.LibC.Errno;
import io.tare.capture.kernel.SystemCall.At;
import io.tare.capture.kernel.SystemCall.Open;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file, folder or socket that we hold: from here on it is that very one, whatever becomes of its name. Held as a place only
 * ({@code O_PATH}) it has not been opened, so that looking at it is harmless even when it is a pipe that hangs or a device that acts.
 */
public final class Descriptor implements AutoCloseable {
  private static final long OWNER_ONLY = 0600;
  private static final int HOW_LONGS = 3;
  /** A path is looked up again when somebody renames folders meanwhile. */
  private static final int TRIES = 20;

  private final int number;
  private final AtomicBoolean closed = new AtomicBoolean();

  Descriptor(long number) {
    this.number = (int) number;
  }

  /** Holds the place that the path leads to, links followed: for paths of {@code /proc}, whose links the kernel made, and for our own. */
  public static Descriptor of(Path path) throws IOException {
    return open(path, Open.PLACE);
  }

  static Descriptor open(Path path, long flags) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Answer opened = SystemCall.OPENAT.call(At.HERE, arena.allocateFrom(path.toString()).address(),
          flags | Open.CLOSE_ON_EXEC);
      return new Descriptor(opened.orThrow(path.toString()));
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

  /** How a path is looked up: by the kernel in one go, or, before Linux 5.6, component by component. */
  enum Lookup {
    WHOLE, BY_COMPONENT
  }

  /**
   * A way below a folder.
   *
   * @param kind {@link Open#FOLDER} where one must be at its end, else 0
   * @param user with whose rights it is gone
   */
  record Way(Links links, long kind, AsUser user) {}

  /** Holds the place at that path below this folder, by our own rights; it never leads out of it. */
  public Descriptor below(String path, Links links) throws IOException {
    return below(path, new Way(links, 0, AsUser.ourselves()), Lookup.WHOLE);
  }

  Descriptor below(String path, Way way, Lookup lookup) throws IOException {
    if (lookup == Lookup.WHOLE) {
      Answer answer = whole(path, way);
      // A container's filter may say "not permitted" of a call that it does not know.
      if (!answer.unknownToKernel() && !(answer.failed() && answer.errno() == Errno.EPERM)) {
        return new Descriptor(answer.orThrow(path));
      }
    }
    return byComponent(path, way);
  }

  private Answer whole(String path, Way way) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path).address();
      MemorySegment how = arena.allocate((long) HOW_LONGS * Long.BYTES, Long.BYTES);
      how.setAtIndex(ValueLayout.JAVA_LONG, 0, Open.PLACE | Open.CLOSE_ON_EXEC | way.kind());
      how.setAtIndex(ValueLayout.JAVA_LONG, 2, way.links().resolve);
      Answer answer = new Answer(-1, Errno.EAGAIN);
      for (int tries = 0; tries < TRIES && answer.failed() && answer.errno() == Errno.EAGAIN; tries++) {
        answer = way.user().call(SystemCall.OPENAT2, number, name, how.address(), how.byteSize());
      }
      return answer;
    }
  }

  /** No link at all is followed here, which is stricter than asked for; {@code ..} only takes back a name before it. */
  private Descriptor byComponent(String path, Way way) throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/")) {
      if (name.equals("..") && !names.isEmpty()) {
        names.removeLast();
      } else if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
        names.add(name);
      }
    }
    Descriptor at = named(".", Open.PLACE | Open.FOLDER, way.user());
    for (int i = 0; i < names.size(); i++) {
      long kind = i < names.size() - 1 ? Open.FOLDER : way.kind();
      try (Descriptor above = at) {
        at = above.named(names.get(i), Open.PLACE | kind, way.user());
      }
    }
    return at;
  }

  /** What has this name in the folder; a link is not followed. */
  Descriptor named(String name, long flags, AsUser user) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Answer opened = user.call(SystemCall.OPENAT, number, arena.allocateFrom(name).address(),
          flags | Open.NO_FOLLOW | Open.CLOSE_ON_EXEC);
      return new Descriptor(opened.orThrow(name));
    }
  }

  int number() {
    return number;
  }

  /** Leads to what is held, for everything that takes paths only. */
  public Path path() {
    return Path.of("/proc/self/fd/" + number);
  }

  /** As it is at this moment; a file server may be asked, and not answer. */
  public FileStatus status() throws IOException {
    return status(At.ITSELF);
  }

  /** As far as the kernel knows it, without making a file server answer. */
  public FileStatus knownStatus() throws IOException {
    return status(At.ITSELF | At.AS_KNOWN);
  }

  private FileStatus status(long flags) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(FileStatus.BYTES, Long.BYTES);
      SystemCall.STATX.call(number, arena.allocateFrom("").address(), flags, FileStatus.WANTED, status.address())
          .orThrow("cannot look at a file");
      return FileStatus.of(status);
    }
  }

  /** Opens this very file for reading, once it is known to be a regular one; refused where that would have to wait. */
  public FileChannel read() throws IOException {
    // A file that its owner has leased makes an ordinary opening wait; while this one is open, it can't be leased.
    try (Descriptor opened = open(path(), Open.READ_ONLY | Open.NO_BLOCK | Open.NO_TERMINAL)) {
      return FileChannel.open(opened.path(), StandardOpenOption.READ);
    }
  }

  /** Lets nobody but the file's owner read or write it. */
  public void makePrivate() throws IOException {
    SystemCall.FCHMOD.call(number, OWNER_ONLY).orThrow("cannot make an open file private");
  }

  @Override
  public void close() {
    // A second time would close whatever has the number by then.
    if (closed.compareAndSet(false, true)) {
      try {
        SystemCall.CLOSE.call(number);
      } catch (IOException impossible) {
        throw new UncheckedIOException("what was opened by a system call can be closed by one", impossible);
      }
    }
  }
}
