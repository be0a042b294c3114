package io.tare.sync.destination;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SSH server on a loopback port that knows one user, with files only. */
public final class SshServer implements AutoCloseable {
  public static final String USER = "sync";
  public static final String PASSWORD = "known-to-both";

  private final org.apache.sshd.server.SshServer server;
  private final KeyPair key;

  private SshServer(org.apache.sshd.server.SshServer server, KeyPair key) {
    this.server = server;
    this.key = key;
  }

  public static SshServer start(Path home) throws Exception {
    Files.createDirectories(home);
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    KeyPair key = keys.generateKeyPair();
    org.apache.sshd.server.SshServer server = org.apache.sshd.server.SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(key));
    server.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
    server.setFileSystemFactory(new VirtualFileSystemFactory(home.toRealPath()));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.start();
    return new SshServer(server, key);
  }

  /** The line of {@code known_hosts} by which this server is believed. */
  public String knownHost() {
    return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n";
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
