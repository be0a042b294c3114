package io.tare.include.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks origins over connections that are used again, never more than a fixed number of them. */
public final class OriginClient implements AutoCloseable {
  private final OriginLimits limits;
  private final Map<Origin, ConnectionPool> pools = new ConcurrentHashMap<>();

  public OriginClient(OriginLimits limits) {
    this.limits = limits;
  }

  /** Sends a request without a body and waits for the head of the answer. The answer must be closed. */
  public OriginAnswer get(Origin origin, Head request) throws IOException {
    return ask(origin, request, Optional.empty());
  }

  /** Sends a request, its body in chunks where it does not say its length, and waits for the head of the answer. */
  public OriginAnswer ask(Origin origin, Head request, Optional<InputStream> body) throws IOException {
    ConnectionPool pool = pools.computeIfAbsent(origin, asked -> new ConnectionPool(asked, limits));
    try {
      return pool.ask(request, body);
    } catch (SocketTimeoutException e) {
      throw new HttpError(504, origin + " did not answer in time: " + request.target(), e);
    } catch (HttpError e) {
      throw e.status() == 502 ? new HttpError(502, origin + " sent what is not HTTP: " + e.getMessage(), e) : e;
    } catch (IOException e) {
      throw new HttpError(502, origin + " can't be asked for " + request.target() + ": " + e.getMessage(), e);
    }
  }

  /** Closes connections that were not used for a while. */
  public void closeTooIdle() {
    pools.values().forEach(ConnectionPool::closeTooIdle);
  }

  @Override
  public void close() {
    pools.values().forEach(ConnectionPool::close);
  }
}
