package io.tare.sync.source;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries a request again after failures that may pass, each time after a pause twice as long and a random part of it, so that many
 * workers don't come back at the same moment.
 */
public record Retry(int mostTries, Duration firstPause, Duration longestPause) {
  public static final Retry DEFAULT = new Retry(5, Duration.ofMillis(200), Duration.ofSeconds(20));

  /** Something that may fail. */
  public interface Request<R> {
    R send() throws IOException, InterruptedException;
  }

  /** Fails with what the last try failed with. {@link Unavailable} and {@link FileGone} are not tried again. */
  public <R> R send(Request<R> request) throws IOException, InterruptedException {
    for (int tried = 1;; tried++) {
      try {
        return request.send();
      } catch (Unavailable | FileGone sure) {
        throw sure;
      } catch (IOException failure) {
        if (tried >= mostTries) {
          throw failure;
        }
      }
      Thread.sleep(pause(tried, ThreadLocalRandom.current().nextDouble()));
    }
  }

  /** Between half and all of the doubled pause. */
  Duration pause(int tried, double random) {
    double millis = Math.min((double) longestPause.toMillis(), firstPause.toMillis() * Math.pow(2, tried - 1.0));
    return Duration.ofMillis((long) (millis / 2 + millis / 2 * random));
  }
}
