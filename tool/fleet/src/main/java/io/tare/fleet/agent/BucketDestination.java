package io.tare.fleet.agent;

import io.tare.fleet.bucket.Bucket;
import java.io.IOException;
import java.nio.file.Path;

/** A bucket as the place where segments go. Trying again is {@link Delivery}'s work. */
record BucketDestination(Bucket bucket) implements Destination {
  @Override
  public void put(String place, Path file) throws IOException {
    bucket.put(place, file);
  }

  @Override
  public String words() {
    return bucket.words();
  }

  @Override
  public void close() {
    bucket.close();
  }
}
