package io.tare.sync.destination;

import io.tare.sync.source.Retry;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A directory on an FTP server. Each thread that works takes a session of its own, which goes back for the next to use; one that
 * failed is thrown away.
 */
public final class FtpDestination implements Destination {
  private static final long MILLIS_PER_SECOND = 1000;

  private final FtpAddress address;
  private final String password;
  private final Retry retry;
  private final ConcurrentLinkedQueue<FtpConnection> idle = new ConcurrentLinkedQueue<>();
  private final MadeDirectories made = new MadeDirectories();

  private FtpDestination(FtpAddress address, String password, Retry retry) {
    this.address = address;
    this.password = password;
    this.retry = retry;
  }

  /** Connects once, so that a wrong address or password shows at the start. */
  public static FtpDestination open(FtpAddress address, String password, Retry retry)
      throws IOException, InterruptedException {
    FtpDestination destination = new FtpDestination(address, password, retry);
    retry.send(() -> destination.idle.add(FtpConnection.open(address, password)));
    return destination;
  }

  @Override
  public String identity() {
    return address.identity();
  }

  @Override
  public boolean holds(String path, FileFacts facts) throws IOException, InterruptedException {
    String file = file(path);
    return retry.send(() -> using(server -> server.setsTimes()
        && server.sizeBytes(file).equals(OptionalLong.of(facts.sizeBytes()))
        && server.modifiedSeconds(file)
            .equals(OptionalLong.of(Math.floorDiv(facts.modifiedMillis(), MILLIS_PER_SECOND)))));
  }

  /** Where the server has no exact listing, each file is asked for by itself. */
  @Override
  public Look look(String directory) throws IOException, InterruptedException {
    Look oneByOne = name -> standing(file(directory + name));
    return retry.send(() -> using(server -> {
      if (!server.listsInBulk()) {
        return oneByOne;
      }
      ListedDirectory listed = new ListedDirectory(oneByOne);
      server.list(address.directory() + directory, listed);
      return listed;
    }));
  }

  private Optional<Standing> standing(String file) throws IOException, InterruptedException {
    return retry.send(() -> using(server -> {
      OptionalLong size = server.sizeBytes(file);
      if (size.isEmpty()) {
        return Optional.empty();
      }
      OptionalLong seconds = server.setsTimes() ? server.modifiedSeconds(file) : OptionalLong.empty();
      return Optional.of(seconds.isPresent()
          ? Standing.of(size.getAsLong(), seconds.getAsLong() * MILLIS_PER_SECOND, MILLIS_PER_SECOND)
          : Standing.ofSize(size.getAsLong()));
    }));
  }

  @Override
  public ContentHash hash(String path) throws IOException, InterruptedException {
    String file = file(path);
    return retry.send(() -> using(server -> server.hash(file)));
  }

  /** Not tried again here: the content has been read. */
  @Override
  public void put(String path, FileFacts facts, InputStream content) throws IOException {
    String file = file(path);
    try {
      using(server -> {
        makeDirectories(file, server);
        server.store(file + PART, content);
        if (server.setsTimes()) {
          server.setModified(file + PART, facts.modifiedMillis());
        }
        server.rename(file + PART, file);
        return true;
      });
    } catch (IOException failure) {
      deletePartAfter(failure, file);
      throw failure;
    }
  }

  /** In a new session: the one that failed may be in the middle of anything. */
  private void deletePartAfter(IOException failure, String file) {
    try {
      using(server -> {
        server.deleteIfThere(file + PART);
        return true;
      });
    } catch (IOException alsoThis) {
      failure.addSuppressed(alsoThis);
    }
  }

  @Override
  public void deletePart(String path) throws IOException, InterruptedException {
    String file = file(path);
    retry.send(() -> using(server -> {
      server.deleteIfThere(file + PART);
      return true;
    }));
  }

  @Override
  public void delete(String path) throws IOException, InterruptedException {
    String file = file(path);
    retry.send(() -> using(server -> {
      server.delete(file);
      return true;
    }));
  }

  private String file(String path) throws IOException {
    return address.directory() + SafePath.check(path);
  }

  private void makeDirectories(String file, FtpConnection server) throws IOException {
    for (int slash = file.indexOf('/', 1); slash > 0; slash = file.indexOf('/', slash + 1)) {
      String directory = file.substring(0, slash);
      if (!made.contains(directory)) {
        server.makeDirectory(directory);
        made.add(directory);
      }
    }
  }

  private interface Talk<R> {
    R with(FtpConnection server) throws IOException;
  }

  private <R> R using(Talk<R> talk) throws IOException {
    FtpConnection known = idle.poll();
    FtpConnection server = known == null ? FtpConnection.open(address, password) : known;
    boolean isUsable = false;
    try {
      R answer = talk.with(server);
      isUsable = true;
      return answer;
    } finally {
      if (isUsable) {
        idle.add(server);
      } else {
        server.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (FtpConnection server = idle.poll(); server != null; server = idle.poll()) {
      server.close();
    }
  }
}
