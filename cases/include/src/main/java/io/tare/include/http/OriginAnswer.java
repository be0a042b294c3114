package io.tare.include.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** An origin's answer: its head, and its body while it arrives. Closing it gives the connection back. */
public final class OriginAnswer implements AutoCloseable {
  private final Head head;
  private final Timed body;
  private final OriginConnection connection;
  private final ConnectionPool pool;
  private boolean closed;

  OriginAnswer(Head head, Timed body, OriginConnection connection, ConnectionPool pool) {
    this.head = head;
    this.body = body;
    this.connection = connection;
    this.pool = pool;
  }

  public Head head() {
    return head;
  }

  public InputStream body() {
    return body;
  }

  /** How long the body says to be. */
  public OptionalLong length() throws HttpError {
    return head.contentLength();
  }

  /** The whole body, unless it is larger than allowed. */
  public byte[] bytes(int most) throws IOException {
    OptionalLong length = head.contentLength();
    if (length.orElse(0) > most) {
      throw tooLarge(most);
    }
    if (length.isPresent()) {
      byte[] all = body.readNBytes((int) length.getAsLong());
      if (all.length < length.getAsLong()) {
        throw new HttpError(502, "an answer of " + all.length + " bytes that promised " + length.getAsLong());
      }
      return all;
    }
    byte[] all = body.readNBytes(most + 1);
    if (all.length > most) {
      throw tooLarge(most);
    }
    return all;
  }

  private static HttpError tooLarge(int most) {
    return new HttpError(502, "an answer of more than " + most + " bytes");
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      pool.giveBack(connection, body.isComplete() && head.keepsAlive());
    }
  }
}
