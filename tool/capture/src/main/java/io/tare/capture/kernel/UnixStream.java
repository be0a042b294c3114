package io.tare.capture.kernel;

import io.tare.capture.kernel.LibC.Answer;
import io.tare.capture.kernel.LibC.Errno;
import io.tare.capture.kernel.SystemCall.Open;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * A connection to a socket that is held open already. The JDK connects by name, and what has the name need not be what was
 * looked at; nor does it tell which process is at the other end. Nothing here waits but {@link #await}.
 */
public final class UnixStream implements AutoCloseable {
  private static final short AF_UNIX = 1;
  private static final long STREAM = 1;
  private static final int ADDRESS_BYTES = 110;
  private static final long SOL_SOCKET = 1;
  private static final long SO_PEERCRED = 17;
  private static final int CREDENTIAL_BYTES = 12;
  private static final long NO_SIGNAL = 0x4000;
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final int BUFFER_BYTES = 64 << 10;

  private final Descriptor descriptor;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);

  private UnixStream(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  public static UnixStream open() throws IOException {
    Answer made = SystemCall.SOCKET.call(AF_UNIX, STREAM | Open.NO_BLOCK | Open.CLOSE_ON_EXEC, 0);
    return new UnixStream(new Descriptor(made.orThrow("no socket can be made")));
  }

  /** Whether it is connected now; false when the other side has too many waiting already. */
  public boolean connect(Descriptor socket, AsUser user) throws IOException {
    MemorySegment address = arena.allocate(ADDRESS_BYTES, Long.BYTES);
    address.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
    address.setString(Short.BYTES, socket.path().toString(), StandardCharsets.US_ASCII);
    Answer answer = user.call(SystemCall.CONNECT, descriptor.number(), address.address(), ADDRESS_BYTES);
    if (waits(answer)) {
      return false;
    }
    answer.orThrow("the socket cannot be connected to");
    return true;
  }

  /** The process that listens, as it was when it began to; 0 if we can't see it. */
  public long peerPid() throws IOException {
    MemorySegment credentials = arena.allocate(CREDENTIAL_BYTES, Integer.BYTES);
    MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, CREDENTIAL_BYTES);
    SystemCall.GETSOCKOPT
        .call(descriptor.number(), SOL_SOCKET, SO_PEERCRED, credentials.address(), length.address())
        .orThrow("who is at the other end of the socket cannot be told");
    return credentials.get(ValueLayout.JAVA_INT, 0);
  }

  /** Sends from the offset on; returns how many bytes went, 0 if none can go at present. */
  public int write(byte[] bytes, int offset) throws IOException {
    int count = Math.min(bytes.length - offset, BUFFER_BYTES);
    MemorySegment.copy(bytes, offset, buffer, ValueLayout.JAVA_BYTE, 0, count);
    Answer sent = SystemCall.SENDTO.call(descriptor.number(), buffer.address(), count, NO_SIGNAL, 0);
    return waits(sent) ? 0 : (int) sent.orThrow("the other side does not listen any more");
  }

  /** Reads into the array; returns how many bytes came, 0 if none are there at present, -1 at the end. */
  public int read(byte[] into) throws IOException {
    Answer got = SystemCall.READ.call(descriptor.number(), buffer.address(), Math.min(into.length, BUFFER_BYTES));
    if (waits(got)) {
      return 0;
    }
    int count = (int) got.orThrow("the connection broke");
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, 0, count);
    return count == 0 ? -1 : count;
  }

  /** Waits until something can be read or written, but not longer than that. */
  public void await(boolean toRead, long millis) throws IOException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment poll = call.allocate(Long.BYTES, Long.BYTES);
      poll.set(ValueLayout.JAVA_INT, 0, descriptor.number());
      poll.set(ValueLayout.JAVA_SHORT, Integer.BYTES, toRead ? POLLIN : POLLOUT);
      MemorySegment time = call.allocateFrom(ValueLayout.JAVA_LONG, millis / 1000, millis % 1000 * 1_000_000);
      Answer ready = SystemCall.PPOLL.call(poll.address(), 1, time.address(), 0, 0);
      if (!waits(ready)) {
        ready.orThrow("the connection cannot be waited for");
      }
    }
  }

  private static boolean waits(Answer answer) {
    return answer.failed() && (answer.errno() == Errno.EAGAIN || answer.errno() == Errno.EINTR);
  }

  @Override
  public void close() {
    arena.close();
    descriptor.close();
  }
}
