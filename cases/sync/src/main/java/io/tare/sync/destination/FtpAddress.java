package io.tare.sync.destination;

import io.tare.sync.source.Unavailable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server and a directory on it: {@code ftp://USER@HOST:PORT/DIRECTORY}, or {@code ftps://…} for TLS asked for on the same port.
 *
 * @param trustedCertificates a file of certificates (PEM) to trust instead of the JDK's own; for TLS only
 */
public record FtpAddress(boolean isEncrypted, Server server, String user, String directory,
    Optional<Path> trustedCertificates) {
  private static final int STANDARD_PORT = 21;

  /** Host and port. */
  public record Server(String host, int port) {}

  public static boolean isOne(String address) {
    return address.startsWith("ftp://") || address.startsWith("ftps://");
  }

  /** Refuses a password in the address: it would stand in the process list. */
  public static FtpAddress parse(String address, Optional<Path> trusted) throws Unavailable {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException notOne) {
      throw new Unavailable(address + " is not an address", notOne);
    }
    String user = uri.getUserInfo() == null ? "anonymous" : uri.getUserInfo();
    if (uri.getHost() == null || user.contains(":")) {
      throw new Unavailable("an FTP address is ftp://USER@HOST/DIRECTORY, with the password in SYNC_FTP_PASSWORD");
    }
    int port = uri.getPort() < 0 ? STANDARD_PORT : uri.getPort();
    String path = uri.getPath() == null ? "" : uri.getPath();
    String directory = path.endsWith("/") ? path : path + "/";
    return new FtpAddress(address.startsWith("ftps:"), new Server(uri.getHost(), port), user, directory, trusted);
  }

  String identity() {
    return (isEncrypted ? "ftps://" : "ftp://") + user + "@" + server.host() + ":" + server.port() + directory;
  }
}
