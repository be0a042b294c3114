package io.tare.capture.kernel;

import io.tare.capture.kernel.AsUser.Call;
import io.tare.capture.kernel.Descriptor.Links;
import io.tare.capture.kernel.Descriptor.Lookup;
import io.tare.capture.kernel.Descriptor.Way;
import io.tare.capture.kernel.LibC.Answer;
import io.tare.capture.kernel.LibC.Errno;
import io.tare.capture.kernel.SystemCall.At;
import io.tare.capture.kernel.SystemCall.Open;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder that is held open. Everything goes relative to it and with the rights of the user that it was opened for; a link in
 * place of a name is never followed.
 */
public final class HeldFolder implements AutoCloseable {
  private static final long WRITE_AND_ENTER = 2 | 1;
  private static final long OWNER_ONLY_FOLDER = 0700;
  private static final long OWNER_ONLY_FILE = 0600;
  private static final int LIST_BYTES = 32 << 10;
  private static final int ENTRY_LENGTH_AT = 16;
  private static final int ENTRY_NAME_AT = 19;

  private final Descriptor descriptor;
  private final AsUser user;

  private HeldFolder(Descriptor descriptor, AsUser user) {
    this.descriptor = descriptor;
    this.user = user;
  }

  /** Opens the folder by our own rights, for acting in it as the user. */
  public static HeldFolder open(Path folder, AsUser user) throws IOException {
    return new HeldFolder(Descriptor.open(folder, Open.PLACE | Open.FOLDER), user);
  }

  /** The folder at a path below this one, as a process sees it whose root this is: no link and no {@code ..} leads out. */
  public HeldFolder below(String path) throws IOException {
    return below(path, Lookup.WHOLE);
  }

  HeldFolder below(String path, Lookup lookup) throws IOException {
    return new HeldFolder(descriptor.below(path, new Way(Links.INSIDE, Open.FOLDER, user), lookup), user);
  }

  /** Leads to the folder itself, for what takes paths only; what is below it must not be reached that way. */
  public Path path() {
    return descriptor.path();
  }

  public AsUser user() {
    return user;
  }

  public FileStatus status() throws IOException {
    return descriptor.status();
  }

  /** Empty when nothing has that name. */
  public Optional<FileStatus> status(String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(FileStatus.BYTES, Long.BYTES);
      Answer answer = user.call(SystemCall.STATX, descriptor.number(), arena.allocateFrom(name).address(), At.NO_FOLLOW,
          FileStatus.WANTED, status.address());
      if (answer.failed() && answer.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      answer.orThrow(name);
      return Optional.of(FileStatus.of(status));
    }
  }

  /** Whether the user may create files in it; a kernel before 5.8 cannot tell, and then trying does. */
  public boolean mayWrite() throws IOException {
    Answer answer = named(SystemCall.FACCESSAT2, ".", WRITE_AND_ENTER, At.EFFECTIVE_USER);
    return !answer.failed() || answer.unknownToKernel();
  }

  /** Creates an empty file; false when something has that name. */
  public boolean create(String name) throws IOException {
    Answer made = named(SystemCall.OPENAT, name,
        Open.CREATE | Open.EXCLUSIVE | Open.WRITE_ONLY | Open.NO_FOLLOW | Open.CLOSE_ON_EXEC, OWNER_ONLY_FILE);
    if (made.failed() && made.errno() == Errno.EEXIST) {
      return false;
    }
    new Descriptor(made.orThrow(name)).close();
    return true;
  }

  /** Creates a folder that nobody but the user can enter. */
  public void make(String name) throws IOException {
    named(SystemCall.MKDIRAT, name, OWNER_ONLY_FOLDER).orThrow(name);
  }

  /** The folder in this one, for listing too. */
  public HeldFolder enter(String name) throws IOException {
    return new HeldFolder(descriptor.named(name, Open.FOLDER, user), user);
  }

  /** For reading; what it is must be looked at, and it is not waited for. */
  public Descriptor file(String name) throws IOException {
    return descriptor.named(name, Open.NO_BLOCK, user);
  }

  /** Only the place, for looking at it and for connecting to it. */
  public Descriptor place(String name) throws IOException {
    return descriptor.named(name, Open.PLACE, user);
  }

  public void remove(String name) throws IOException {
    named(SystemCall.UNLINKAT, name, 0).orThrow(name);
  }

  /** Removes a folder that is empty. */
  public void removeFolder(String name) throws IOException {
    named(SystemCall.UNLINKAT, name, At.REMOVE_FOLDER).orThrow(name);
  }

  /** Removes all files in it, as many as there are until the deadline; folders stay. */
  public synchronized void empty(long deadlineNanos) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocate(LIST_BYTES, Long.BYTES);
      rewind();
      List<Long> names = names(list);
      while (!names.isEmpty() && System.nanoTime() < deadlineNanos) {
        user.callAll(names.stream().map(name -> new Call(SystemCall.UNLINKAT, descriptor.number(), name, 0)).toList());
        names = names(list);
      }
    }
  }

  /** Bytes of its files, as far as one list of the kernel goes: some hundred names. */
  public synchronized long bytes() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocate(LIST_BYTES, Long.BYTES);
      rewind();
      List<Call> calls = new ArrayList<>();
      List<MemorySegment> statuses = new ArrayList<>();
      for (long name : names(list)) {
        MemorySegment status = arena.allocate(FileStatus.BYTES, Long.BYTES);
        statuses.add(status);
        calls.add(new Call(SystemCall.STATX, descriptor.number(), name, At.NO_FOLLOW, FileStatus.WANTED,
            status.address()));
      }
      user.callAll(calls);
      return statuses.stream().map(FileStatus::of).filter(FileStatus::isRegularFile).mapToLong(FileStatus::sizeBytes)
          .sum();
    }
  }

  private void rewind() throws IOException {
    SystemCall.LSEEK.call(descriptor.number(), 0, 0).orThrow("the folder");
  }

  /** The addresses of the next names: the kernel's own bytes, which need not be text. Empty at the end. */
  private List<Long> names(MemorySegment list) throws IOException {
    List<Long> names = new ArrayList<>();
    while (names.isEmpty()) {
      long bytes = SystemCall.GETDENTS64.call(descriptor.number(), list.address(), list.byteSize())
          .orThrow("the folder");
      if (bytes == 0) {
        return names;
      }
      for (long at = 0; at < bytes; at += Short.toUnsignedInt(list.get(ValueLayout.JAVA_SHORT, at + ENTRY_LENGTH_AT))) {
        if (!isSelfOrAbove(list, at + ENTRY_NAME_AT)) {
          names.add(list.address() + at + ENTRY_NAME_AT);
        }
      }
    }
    return names;
  }

  private static boolean isSelfOrAbove(MemorySegment list, long at) {
    int dots = 0;
    while (dots < 2 && list.get(ValueLayout.JAVA_BYTE, at + dots) == '.') {
      dots++;
    }
    return dots > 0 && list.get(ValueLayout.JAVA_BYTE, at + dots) == 0;
  }

  private Answer named(SystemCall call, String name, long... more) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long[] arguments = new long[more.length + 2];
      arguments[0] = descriptor.number();
      arguments[1] = arena.allocateFrom(name).address();
      System.arraycopy(more, 0, arguments, 2, more.length);
      return user.call(call, arguments);
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
