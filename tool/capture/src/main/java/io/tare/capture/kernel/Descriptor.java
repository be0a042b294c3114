package io.tare.capture.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file, folder or socket that we hold open: from here on it is that very one, whatever becomes of its name. */
public final class Descriptor implements AutoCloseable {
  private static final long EMPTY_PATH = 0x1000;
  private static final long OWNER_ONLY = 0600;

  private final int number;
  private final AtomicBoolean closed = new AtomicBoolean();

  Descriptor(long number) {
    this.number = (int) number;
  }

  int number() {
    return number;
  }

  /** Leads to what is held, for everything that takes paths only. */
  public Path path() {
    return Path.of("/proc/self/fd/" + number);
  }

  public FileStatus status() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(FileStatus.BYTES, Long.BYTES);
      LibC.Answer answer = SystemCall.STATX.call(number, arena.allocateFrom("").address(), EMPTY_PATH,
          FileStatus.WANTED, status.address());
      if (answer.failed()) {
        throw new IOException("cannot look at an open file: " + Errno.words(answer.errno()));
      }
      return FileStatus.of(status);
    }
  }

  /** Lets nobody but the file's owner read or write it. */
  public void makePrivate() throws IOException {
    LibC.Answer answer = SystemCall.FCHMOD.call(number, OWNER_ONLY);
    if (answer.failed()) {
      throw new IOException("cannot make an open file private: " + Errno.words(answer.errno()));
    }
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
