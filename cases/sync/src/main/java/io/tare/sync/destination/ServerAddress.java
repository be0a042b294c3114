package io.tare.sync.destination;

import io.tare.sync.source.Unavailable;
import java.net.URI;

/**
 * A directory on a server, {@code SCHEME://USER@HOST:PORT/DIRECTORY}.
 *
 * @param directory ends with {@code /}
 */
public record ServerAddress(String scheme, String user, String host, int port, String directory) {

  /** Refuses a password in the address: it would stand in the process list. */
  static ServerAddress parse(String address, int standardPort, String passwordVariable) throws Unavailable {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException notOne) {
      throw new Unavailable(address + " is not an address", notOne);
    }
    String user = uri.getUserInfo() == null ? "anonymous" : uri.getUserInfo();
    if (uri.getHost() == null || user.contains(":")) {
      throw new Unavailable("such an address is " + uri.getScheme() + "://USER@HOST/DIRECTORY, with the password in "
          + passwordVariable);
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    return new ServerAddress(uri.getScheme(), user, uri.getHost(), uri.getPort() < 0 ? standardPort : uri.getPort(),
        path.endsWith("/") ? path : path + "/");
  }

  String identity() {
    return scheme + "://" + user + "@" + host + ":" + port + directory;
  }
}
