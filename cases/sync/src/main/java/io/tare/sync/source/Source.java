package io.tare.sync.source;

import java.io.IOException;

/** Where files come from. Many threads may use it at once. */
public interface Source extends AutoCloseable {
  /** What tells this source from another, without secrets. */
  String identity();

  /** The place where listing begins. */
  default Place root() {
    return Place.ROOT;
  }

  /** Lists one place and hands over each page as it comes. The reader may block: that slows the listing down, as it should. */
  void list(Place place, PageReader reader) throws IOException, InterruptedException;

  /** Opens a file that a listing named. @throws FileGone when it is not there any more */
  FileContent open(String path) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;

  /** Takes pages. */
  interface PageReader {
    void read(Page page) throws IOException, InterruptedException;
  }
}
