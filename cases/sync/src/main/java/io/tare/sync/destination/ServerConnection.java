package io.tare.sync.destination;

import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** One session with a server of files, for one thread at a time. Files and directories are named from the server's top. */
interface ServerConnection extends AutoCloseable {
  /** Whether a directory can be listed with exact sizes and times. */
  boolean listsInBulk();

  /** Lists a directory; one that is not there has no files. */
  void list(String directory, ListedDirectory into) throws IOException;

  /** Empty when there is no such file. */
  Optional<Standing> standing(String file) throws IOException;

  /** Of what is there, read; unknown when there is none. */
  ContentHash hash(String file) throws IOException;

  /** Writes a file and sets its time of change, where the server keeps one. */
  void store(String file, FileFacts facts, InputStream content) throws IOException;

  /** Over a file that is there, in one step where the server can. */
  void rename(String from, String to) throws IOException;

  /** One that is not there is fine. */
  void delete(String file) throws IOException;

  /** One that is there already is fine: what is stored in it will tell. */
  void makeDirectory(String directory) throws IOException;

  /** What a failure to write below a directory means, where the server does not say it in its answer. */
  default IOException explained(IOException failure, String directory, long neededBytes) throws IOException {
    return failure;
  }

  @Override
  void close() throws IOException;
}
