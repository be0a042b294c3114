package io.tare.sync.destination;

import io.tare.sync.source.Retry;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.sshd.client.SshClient;

/**
 * A directory on a server that is talked to in sessions (FTP, SFTP). Each thread that works takes a session of its own, which goes back
 * for the next to use; one that failed is thrown away.
 */
public final class ServerDestination implements Destination {
  private final ServerAddress address;
  private final Retry retry;
  private final Opening opening;
  private final Closeable behindAll;
  private final ConcurrentLinkedQueue<ServerConnection> idle = new ConcurrentLinkedQueue<>();
  private final MadeDirectories made = new MadeDirectories();

  /** Opens one more session. */
  private interface Opening {
    ServerConnection open() throws IOException;
  }

  private ServerDestination(ServerAddress address, Retry retry, Opening opening, Closeable behindAll) {
    this.address = address;
    this.retry = retry;
    this.opening = opening;
    this.behindAll = behindAll;
  }

  /** Connects once, so that a wrong address or password shows at the start. */
  public static ServerDestination open(FtpAddress address, String password, Retry retry)
      throws IOException, InterruptedException {
    return new ServerDestination(address.server(), retry, () -> FtpConnection.open(address, password), () -> {})
        .connected();
  }

  /** Connects once, so that a wrong address or key shows at the start. */
  public static ServerDestination open(SftpAddress address, String password, Retry retry)
      throws IOException, InterruptedException {
    SshClient ssh = SftpConnection.client(address);
    return new ServerDestination(address.server(), retry, () -> SftpConnection.open(ssh, address, password), ssh)
        .connected();
  }

  private ServerDestination connected() throws IOException, InterruptedException {
    try {
      retry.send(() -> idle.add(opening.open()));
      return this;
    } catch (IOException | RuntimeException failure) {
      close();
      throw failure;
    }
  }

  @Override
  public String identity() {
    return address.identity();
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
    return retry.send(() -> using(server -> server.standing(file)));
  }

  /** Where the server keeps no times, size alone does not tell. */
  @Override
  public boolean holds(String path, FileFacts facts) throws IOException, InterruptedException {
    return standing(file(path)).filter(found -> found.modifiedMillis().isPresent() && !found.isOtherThan(facts))
        .isPresent();
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
        try {
          makeDirectories(file, server);
          server.store(file + PART, facts, content);
          server.rename(file + PART, file);
          return true;
        } catch (IOException failure) {
          throw server.explained(failure, address.directory(), facts.sizeBytes());
        }
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
        server.delete(file + PART);
        return true;
      });
    } catch (IOException alsoThis) {
      failure.addSuppressed(alsoThis);
    }
  }

  @Override
  public void delete(String path) throws IOException, InterruptedException {
    deleteFile(file(path));
  }

  @Override
  public void deletePart(String path) throws IOException, InterruptedException {
    deleteFile(file(path) + PART);
  }

  private void deleteFile(String file) throws IOException, InterruptedException {
    retry.send(() -> using(server -> {
      server.delete(file);
      return true;
    }));
  }

  private String file(String path) throws IOException {
    return address.directory() + SafePath.check(path);
  }

  private void makeDirectories(String file, ServerConnection server) throws IOException {
    for (int slash = file.indexOf('/', 1); slash > 0; slash = file.indexOf('/', slash + 1)) {
      String directory = file.substring(0, slash);
      if (!made.contains(directory)) {
        server.makeDirectory(directory);
        made.add(directory);
      }
    }
  }

  private interface Talk<R> {
    R with(ServerConnection server) throws IOException;
  }

  private <R> R using(Talk<R> talk) throws IOException {
    ServerConnection known = idle.poll();
    ServerConnection server = known == null ? opening.open() : known;
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
    for (ServerConnection server = idle.poll(); server != null; server = idle.poll()) {
      server.close();
    }
    behindAll.close();
  }
}
