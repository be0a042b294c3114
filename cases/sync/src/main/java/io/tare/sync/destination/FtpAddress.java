package io.tare.sync.destination;

import io.tare.sync.source.Unavailable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server and a directory on it: {@code ftp://USER@HOST:PORT/DIRECTORY}, or {@code ftps://…} for TLS asked for on the same port.
 *
 * @param trustedCertificates a file of certificates (PEM) to trust instead of the JDK's own; for TLS only
 */
public record FtpAddress(ServerAddress server, Optional<Path> trustedCertificates) {
  private static final int STANDARD_PORT = 21;

  public static boolean isOne(String address) {
    return address.startsWith("ftp://") || address.startsWith("ftps://");
  }

  public static FtpAddress parse(String address, Optional<Path> trusted) throws Unavailable {
    return new FtpAddress(ServerAddress.parse(address, STANDARD_PORT, "SYNC_FTP_PASSWORD"), trusted);
  }

  boolean isEncrypted() {
    return server.scheme().equals("ftps");
  }

  String user() {
    return server.user();
  }

  String directory() {
    return server.directory();
  }

  String identity() {
    return server.identity();
  }
}
