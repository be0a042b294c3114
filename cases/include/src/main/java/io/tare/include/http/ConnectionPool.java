package io.tare.include.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections to one origin: the idle ones, newest first, and permits for all. */
final class ConnectionPool {
  private static final long IDLE_NANOS = 10_000_000_000L;

  private final Origin origin;
  private final OriginLimits limits;
  private final Semaphore permits;
  private final Deque<OriginConnection> idle = new ArrayDeque<>();

  ConnectionPool(Origin origin, OriginLimits limits) {
    this.origin = origin;
    this.limits = limits;
    this.permits = new Semaphore(limits.connections());
  }

  OriginAnswer ask(Head request, Optional<InputStream> body) throws IOException {
    takePermit();
    boolean answered = false;
    try {
      OriginAnswer answer = askOnce(request, body);
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        permits.release();
      }
    }
  }

  /** Only what may be asked twice goes over a used connection: the origin may have closed it meanwhile. */
  private OriginAnswer askOnce(Head request, Optional<InputStream> body) throws IOException {
    if (body.isEmpty() && request.mayBeRepeated()) {
      @Nullable
      OriginConnection used = takeIdle();
      Optional<OriginAnswer> answer = used == null ? Optional.empty() : used.tryAsk(request, this);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return OriginConnection.open(origin, limits).ask(request, body, this);
  }

  private void takePermit() throws HttpError {
    try {
      if (!permits.tryAcquire(limits.totalMillis(), TimeUnit.MILLISECONDS)) {
        throw new HttpError(503, "all " + limits.connections() + " connections to " + origin + " are busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpError(503, "interrupted while waiting for " + origin, e);
    }
  }

  private @Nullable OriginConnection takeIdle() {
    synchronized (idle) {
      closeTooIdle();
      return idle.pollFirst();
    }
  }

  /** Closes what was not used for a while; each would keep its buffers and its file descriptor. */
  void closeTooIdle() {
    synchronized (idle) {
      while (!idle.isEmpty() && idle.getLast().idleNanos() > IDLE_NANOS) {
        idle.removeLast().close();
      }
    }
  }

  /** A connection whose answer was read to its end comes back; any other is closed. */
  void giveBack(OriginConnection connection, boolean reusable) {
    if (!reusable || !rests(connection)) {
      connection.close();
    }
    permits.release();
  }

  private boolean rests(OriginConnection connection) {
    connection.rest();
    synchronized (idle) {
      if (idle.size() >= limits.connections()) {
        return false;
      }
      idle.addFirst(connection);
      return true;
    }
  }

  void close() {
    synchronized (idle) {
      idle.forEach(OriginConnection::close);
      idle.clear();
    }
  }
}
