package io.tare.capture.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** The terminal of this process, set so that single keys are read without being shown; closing it restores what was before. */
public final class TerminalMode implements AutoCloseable {
  private static final long TCGETS = 0x5401;
  private static final long TCSETS = 0x5402;
  private static final long TIOCGWINSZ = 0x5413;
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int TERMIOS_BYTES = 64;
  private static final int LOCAL_FLAGS_AT = 12;
  private static final int ICANON = 0x2;
  private static final int ECHO = 0x8;

  private final byte[] before;

  private TerminalMode(byte[] before) {
    this.before = before;
  }

  /** Lines and columns. */
  public record Size(int lines, int columns) {}

  /** Empty when standard input is no terminal. */
  public static Optional<TerminalMode> singleKeys() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment settings = arena.allocate(TERMIOS_BYTES, Long.BYTES);
      if (SystemCall.IOCTL.call(STDIN, TCGETS, settings.address()).failed()) {
        return Optional.empty();
      }
      byte[] before = settings.toArray(ValueLayout.JAVA_BYTE);
      int flags = settings.get(ValueLayout.JAVA_INT, LOCAL_FLAGS_AT);
      settings.set(ValueLayout.JAVA_INT, LOCAL_FLAGS_AT, flags & ~(ICANON | ECHO));
      SystemCall.IOCTL.call(STDIN, TCSETS, settings.address());
      return Optional.of(new TerminalMode(before));
    }
  }

  /** Empty when standard output is no terminal, or the terminal does not know. */
  public static Optional<Size> size() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(Long.BYTES, Long.BYTES);
      if (SystemCall.IOCTL.call(STDOUT, TIOCGWINSZ, size.address()).failed()) {
        return Optional.empty();
      }
      int lines = size.get(ValueLayout.JAVA_SHORT, 0);
      int columns = size.get(ValueLayout.JAVA_SHORT, Short.BYTES);
      return lines > 0 && columns > 0 ? Optional.of(new Size(lines, columns)) : Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment settings = arena.allocate(TERMIOS_BYTES, Long.BYTES);
      settings.copyFrom(MemorySegment.ofArray(before));
      SystemCall.IOCTL.call(STDIN, TCSETS, settings.address());
    }
  }
}
