package io.tare.include.page;

import java.io.IOException;
import java.util.concurrent.Future;

/** Takes a page's parts in their order: text at once, fragments as promises. */
interface Sink {
  void text(byte[] bytes, int from, int to) throws IOException;

  /** Bytes that are complete as they are. */
  void whole(byte[] bytes) throws IOException;

  /** The result stands where the promise was given. */
  void promise(Future<Included> fragment) throws IOException;

  /** No more comes from the element that wrote here. */
  default void end() throws IOException {}
}
