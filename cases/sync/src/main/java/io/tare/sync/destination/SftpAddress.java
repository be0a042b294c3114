package io.tare.sync.destination;

import io.tare.sync.source.Unavailable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory on an SSH server, {@code sftp://USER@HOST:PORT/DIRECTORY}, and how both sides prove who they are.
 *
 * @param knownHosts the servers that are believed, as OpenSSH keeps them; others are refused
 * @param privateKey empty to log in with the password
 */
public record SftpAddress(ServerAddress server, Path knownHosts, Optional<Path> privateKey) {
  private static final int STANDARD_PORT = 22;

  public static boolean isOne(String address) {
    return address.startsWith("sftp://");
  }

  public static SftpAddress parse(String address, Path knownHosts, Optional<Path> privateKey) throws Unavailable {
    return new SftpAddress(ServerAddress.parse(address, STANDARD_PORT, "SYNC_SFTP_PASSWORD"), knownHosts, privateKey);
  }
}
