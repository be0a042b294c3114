package io.tare.sync.destination;

import io.tare.sync.source.Retry;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/** A directory on an SSH server. Each thread that works takes a session of its own, as with {@link FtpDestination}. */
public final class SftpDestination implements Destination {
  private static final int THREADS_OF_THE_LIBRARY = 2;

  private final SftpAddress address;
  private final String directory;
  private final String password;
  private final Retry retry;
  private final SshClient ssh;
  private final ConcurrentLinkedQueue<SftpConnection> idle = new ConcurrentLinkedQueue<>();
  private final MadeDirectories made = new MadeDirectories();

  private SftpDestination(SftpAddress address, String password, Retry retry) {
    this.address = address;
    this.directory = address.server().directory();
    this.password = password;
    this.retry = retry;
    this.ssh = client(address);
  }

  /** Takes nothing from this user's own SSH settings but the servers that he knows. */
  private static SshClient client(SftpAddress address) {
    SshClient ssh = SshClient.setUpDefaultClient();
    ssh.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, address.knownHosts()));
    ssh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    ssh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    CoreModuleProperties.NIO_WORKERS.set(ssh, THREADS_OF_THE_LIBRARY);
    ssh.start();
    return ssh;
  }

  /** Connects once, so that a wrong address or key shows at the start. */
  public static SftpDestination open(SftpAddress address, String password, Retry retry)
      throws IOException, InterruptedException {
    SftpDestination destination = new SftpDestination(address, password, retry);
    try {
      retry.send(() -> destination.idle.add(SftpConnection.open(destination.ssh, address, password)));
      return destination;
    } catch (IOException | RuntimeException failure) {
      destination.close();
      throw failure;
    }
  }

  @Override
  public String identity() {
    return address.server().identity();
  }

  @Override
  public Look look(String below) throws IOException, InterruptedException {
    Look oneByOne = name -> standing(file(below + name));
    return retry.send(() -> using(server -> {
      ListedDirectory listed = new ListedDirectory(oneByOne);
      server.list(directory + below, listed);
      return listed;
    }));
  }

  private Optional<Standing> standing(String file) throws IOException, InterruptedException {
    return retry.send(() -> using(server -> server.standing(file)));
  }

  @Override
  public boolean holds(String path, FileFacts facts) throws IOException, InterruptedException {
    return standing(file(path)).filter(found -> !found.isOtherThan(facts)).isPresent();
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
          server.store(file + PART, content, facts.modifiedMillis());
          server.rename(file + PART, file);
          return true;
        } catch (IOException failure) {
          throw server.explained(failure, directory, facts.sizeBytes());
        }
      });
    } catch (IOException failure) {
      deletePartAfter(failure, file);
      throw failure;
    }
  }

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
    return directory + SafePath.check(path);
  }

  private void makeDirectories(String file, SftpConnection server) throws IOException {
    for (int slash = file.indexOf('/', 1); slash > 0; slash = file.indexOf('/', slash + 1)) {
      String parent = file.substring(0, slash);
      if (!made.contains(parent)) {
        server.makeDirectory(parent);
        made.add(parent);
      }
    }
  }

  private interface Talk<R> {
    R with(SftpConnection server) throws IOException;
  }

  private <R> R using(Talk<R> talk) throws IOException {
    SftpConnection known = idle.poll();
    SftpConnection server = known == null ? SftpConnection.open(ssh, address, password) : known;
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
    for (SftpConnection server = idle.poll(); server != null; server = idle.poll()) {
      server.close();
    }
    ssh.close();
  }
}
