package io.tare.sync.run;

import io.tare.sync.destination.Destination;
import io.tare.sync.source.Unavailable;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** A destination that takes so many files and is then gone for good. */
record BreakingDestination(Destination real, AtomicInteger left) implements Destination {
  BreakingDestination(Destination real, int files) {
    this(real, new AtomicInteger(files));
  }

  @Override
  public String identity() {
    return real.identity();
  }

  @Override
  public boolean holds(String path, FileFacts facts) throws IOException, InterruptedException {
    return real.holds(path, facts);
  }

  @Override
  public Look look(String directory) throws IOException, InterruptedException {
    return real.look(directory);
  }

  @Override
  public ContentHash hash(String path) throws IOException, InterruptedException {
    return real.hash(path);
  }

  @Override
  public void deletePart(String path) throws IOException, InterruptedException {
    real.deletePart(path);
  }

  @Override
  public void put(String path, FileFacts facts, InputStream content) throws IOException, InterruptedException {
    if (left.getAndDecrement() <= 0) {
      throw new Unavailable("the destination is gone");
    }
    real.put(path, facts, content);
  }

  @Override
  public void delete(String path) throws IOException, InterruptedException {
    real.delete(path);
  }

  @Override
  public void close() throws IOException {
    real.close();
  }
}
