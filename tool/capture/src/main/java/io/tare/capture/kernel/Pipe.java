package io.tare.capture.kernel;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Two ends of a pipe of this process. No child inherits them; one of the same user may open them by their paths. */
public record Pipe(Descriptor reader, Descriptor writer) implements AutoCloseable {

  public static Pipe open() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
      SystemCall.PIPE2.call(ends.address(), SystemCall.Open.CLOSE_ON_EXEC).orThrow("cannot make a pipe");
      return new Pipe(new Descriptor(ends.getAtIndex(ValueLayout.JAVA_INT, 0)),
          new Descriptor(ends.getAtIndex(ValueLayout.JAVA_INT, 1)));
    }
  }

  /** Where others may open the end that is written to. */
  public String writersPath() {
    return pathForOthers(writer);
  }

  /** Where others may open the end that is read from. */
  public String readersPath() {
    return pathForOthers(reader);
  }

  private static String pathForOthers(Descriptor end) {
    return "/proc/" + ProcessHandle.current().pid() + "/fd/" + end.number();
  }

  /** What comes through, to be closed on its own; ends when nobody can write any more, this process neither. */
  public InputStream reading() throws IOException {
    return new FileInputStream(reader.path().toFile());
  }

  /** Sends a short line, which goes through at once. */
  public void write(String line) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(line + "\n");
      SystemCall.WRITE.call(writer.number(), text.address(), text.byteSize() - 1).orThrow("cannot write into a pipe");
    }
  }

  @Override
  public void close() throws IOException {
    try (reader; writer) {
      // Either is closed, whatever becomes of the other.
    }
  }
}
