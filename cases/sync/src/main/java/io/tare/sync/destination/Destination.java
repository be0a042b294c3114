package io.tare.sync.destination;

import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Where files go to. Many threads may use it at once. A file stands under its name only when it is whole.
 */
public interface Destination extends AutoCloseable {
  /** What a file is called until it is whole: its name with this behind it. */
  String PART = ".sync-part";

  /** What tells this destination from another, without secrets. */
  String identity();

  /** What stands in one directory, whose name is empty for the top, else ends with {@code /}. */
  Look look(String directory) throws IOException, InterruptedException;

  /** A look into one directory, for one thread. */
  interface Look {
    Look NOTHING_THERE = name -> Optional.empty();

    /** The file of this name; empty when there is none. */
    Optional<Standing> find(String name) throws IOException, InterruptedException;
  }

  /** Whether this very content is sure to be there. In doubt, no. */
  boolean holds(String path, FileFacts facts) throws IOException, InterruptedException;

  /** The MD5 of the content that is there, read if need be; unknown when there is none. */
  ContentHash hash(String path) throws IOException, InterruptedException;

  /** Leaves nothing behind when it fails, as far as that is possible. @throws io.tare.sync.source.Unavailable when there is no more room */
  void put(String path, FileFacts facts, InputStream content) throws IOException, InterruptedException;

  /** Takes a file away. One that is not there is fine. */
  void delete(String path) throws IOException, InterruptedException;

  /** Takes away what a put that was killed has left of the file under another name, if anything. */
  void deletePart(String path) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
