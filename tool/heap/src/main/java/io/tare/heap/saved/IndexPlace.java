package io.tare.heap.saved;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Where what was found in a dump is kept for the next question. Files are named, opened and made by whoever implements this. */
public interface IndexPlace {
  /** Nothing is kept. */
  IndexPlace NONE = new IndexPlace() {
    @Override
    public Optional<Kept> open(Part part) {
      return Optional.empty();
    }

    @Override
    public Optional<Writing> begin(Part part, long aboutBytes) {
      return Optional.empty();
    }

    @Override
    public void failed(IOException why) {}

    @Override
    public String stamp() {
      return "";
    }
  };

  /** What is kept, each in a file of its own. */
  enum Part {
    /** Numbers, sizes and dominators of all objects: with them any question can be answered. */
    HEAP,
    /** The answer to the usual question. */
    SUMMARY
  }

  /** A file that is there. */
  record Kept(FileChannel channel, long writtenMillis) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** A file that is being written; closing it before it is in its place removes it. */
  interface Writing extends AutoCloseable {
    FileChannel channel();

    void putInPlace(long bytes) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** What is kept of this dump; maybe of another version of it. */
  Optional<Kept> open(Part part) throws IOException;

  /** Begins a file; empty where none is welcome, or has no room. */
  Optional<Writing> begin(Part part, long aboutBytes);

  /** Nothing could be kept; the answer is not touched by that. */
  void failed(IOException why);

  /** What tells this dump from others, and from itself at other times. */
  String stamp() throws IOException;
}
