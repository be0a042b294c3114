package io.tare.sync.destination;

import io.tare.sync.source.Unavailable;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatExtensionInfo;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatPathExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** A session of SFTP. */
final class SftpConnection implements ServerConnection {
  private static final int THREADS_OF_THE_LIBRARY = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long STEP_MILLIS = 1000;
  private static final long SLACK_BYTES = 1 << 16;

  private final ClientSession session;
  private final SftpClient client;
  private final String identity;

  private SftpConnection(ClientSession session, SftpClient client, String identity) {
    this.session = session;
    this.client = client;
    this.identity = identity;
  }

  /** Takes nothing from this user's own SSH settings but the servers that he knows. */
  static SshClient client(SftpAddress address) {
    SshClient ssh = SshClient.setUpDefaultClient();
    ssh.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, address.knownHosts()));
    ssh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    ssh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    CoreModuleProperties.NIO_WORKERS.set(ssh, THREADS_OF_THE_LIBRARY);
    ssh.start();
    return ssh;
  }

  static SftpConnection open(SshClient ssh, SftpAddress address, String password) throws IOException {
    ServerAddress server = address.server();
    ClientSession session;
    try {
      session = ssh.connect(server.user(), server.host(), server.port()).verify(PATIENCE).getSession();
    } catch (IOException unreachable) {
      throw new Unavailable(server.identity() + " can't be reached: " + unreachable.getMessage(), unreachable);
    }
    try {
      prove(session, address, password);
      session.auth().verify(PATIENCE);
      return new SftpConnection(session, SftpClientFactory.instance().createSftpClient(session), server.identity());
    } catch (SshException refused) {
      session.close(true);
      throw new Unavailable(server.identity() + " and this program don't believe each other: " + refused.getMessage()
          + "; the server's key has to stand in " + address.knownHosts()
          + ", the password in SYNC_SFTP_PASSWORD or the key in --ssh-key", refused);
    } catch (IOException failure) {
      session.close(true);
      throw failure;
    }
  }

  private static void prove(ClientSession session, SftpAddress address, String password) throws IOException {
    if (address.privateKey().isEmpty()) {
      session.addPasswordIdentity(password);
      return;
    }
    try {
      FileKeyPairProvider keys = new FileKeyPairProvider(address.privateKey().get());
      keys.setPasswordFinder(FilePasswordProvider.of(password));
      keys.loadKeys(session).forEach(session::addPublicKeyIdentity);
    } catch (RuntimeException unreadable) {
      // What the library makes of a key file that it can't read or open.
      throw new Unavailable("the key " + address.privateKey().get() + " can't be used: " + unreadable.getMessage(),
          unreadable);
    }
  }

  @Override
  public boolean listsInBulk() {
    return true;
  }

  @Override
  public void list(String directory, ListedDirectory into) throws IOException {
    try (SftpClient.CloseableHandle opened = client.openDir(directory)) {
      for (List<SftpClient.DirEntry> some = client.readDir(opened); some != null; some = client.readDir(opened)) {
        for (SftpClient.DirEntry entry : some) {
          standing(entry.getAttributes()).ifPresent(file -> into.add(entry.getFilename(), file));
        }
      }
    } catch (SftpException failure) {
      requireAbsent(failure);
    }
  }

  @Override
  public Optional<Standing> standing(String file) throws IOException {
    try {
      return standing(client.lstat(file));
    } catch (SftpException failure) {
      requireAbsent(failure);
      return Optional.empty();
    }
  }

  private static Optional<Standing> standing(Attributes found) {
    return found.isRegularFile()
        ? Optional.of(Standing.of(found.getSize(), found.getModifyTime().toMillis(), STEP_MILLIS))
        : Optional.empty();
  }

  @Override
  public ContentHash hash(String file) throws IOException {
    try (InputStream content = client.read(file)) {
      return ContentHash.ofContent(content);
    } catch (SftpException failure) {
      requireAbsent(failure);
      return ContentHash.UNKNOWN;
    }
  }

  @Override
  public void store(String file, FileFacts facts, InputStream content) throws IOException {
    try (OutputStream into = client.write(file, OpenMode.Create, OpenMode.Truncate, OpenMode.Write)) {
      content.transferTo(into);
    }
    FileTime time = FileTime.fromMillis(facts.modifiedMillis());
    client.setStat(file, new Attributes().accessTime(time).modifyTime(time));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    OpenSSHPosixRenameExtension inOneStep = client.getExtension(OpenSSHPosixRenameExtension.class);
    if (inOneStep != null && inOneStep.isSupported()) {
      inOneStep.posixRename(from, to);
      return;
    }
    try {
      client.rename(from, to);
    } catch (SftpException isThere) {
      delete(to);
      client.rename(from, to);
    }
  }

  @Override
  public void delete(String file) throws IOException {
    try {
      client.remove(file);
    } catch (SftpException failure) {
      requireAbsent(failure);
    }
  }

  @Override
  public void makeDirectory(String directory) throws IOException {
    try {
      client.mkdir(directory);
    } catch (SftpException isThere) {
      client.stat(directory);
    }
  }

  /** Most servers only say "failure" when there is no room, so the file system is asked. */
  @Override
  public IOException explained(IOException failure, String directory, long neededBytes) throws IOException {
    if (!(failure instanceof SftpException answer)) {
      return failure;
    }
    boolean isFull = answer.getStatus() == SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM
        || answer.getStatus() == SftpConstants.SSH_FX_QUOTA_EXCEEDED
        || Full.isSaidIn(String.valueOf(answer.getMessage())) || freeBytesBelow(directory, neededBytes);
    return isFull ? Full.at(identity, failure) : failure;
  }

  private boolean freeBytesBelow(String directory, long neededBytes) throws IOException {
    OpenSSHStatPathExtension statistics = client.getExtension(OpenSSHStatPathExtension.class);
    if (statistics == null || !statistics.isSupported()) {
      return false;
    }
    OpenSSHStatExtensionInfo found = statistics.stat(directory);
    return found.f_bavail * found.f_frsize < Math.min(neededBytes, SLACK_BYTES);
  }

  private static void requireAbsent(SftpException failure) throws SftpException {
    if (failure.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE
        && failure.getStatus() != SftpConstants.SSH_FX_NO_SUCH_PATH) {
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      client.close();
    } finally {
      session.close(true);
    }
  }
}
