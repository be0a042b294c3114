package io.tare.include.http;

/** A server that may be asked. */
public record Origin(String host, int port) {
  /**
   * Reads HOST:PORT, or HOST alone for port 80.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Origin of(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    String port = colon < 0 ? "80" : text.substring(colon + 1);
    if (host.isEmpty() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("an origin is HOST:PORT, not " + text);
    }
    return new Origin(host, Integer.parseInt(port));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
