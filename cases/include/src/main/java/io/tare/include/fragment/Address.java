package io.tare.include.fragment;

import io.tare.include.http.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where a page or a fragment is: its origin, the host that the origin is asked for, and the path and query there. */
public record Address(Origin origin, String host, String target) {

  /** At an origin that is asked for by its own name. */
  public Address(Origin origin, String target) {
    this(origin, origin.toString(), target);
  }

  /**
   * What a src means in the page at this address.
   *
   * @throws BadAddress when it is no address, or of a kind that is not fetched
   */
  public Address resolve(String src) throws BadAddress {
    try {
      URI resolved = new URI("http", null, origin.host(), origin.port(), "/", null, null).resolve(target)
          .resolve(new URI(src.strip()));
      if (!"http".equals(resolved.getScheme()) || resolved.getHost() == null) {
        throw new BadAddress("only http is fetched, not " + src);
      }
      int port = resolved.getPort() < 0 ? 80 : resolved.getPort();
      String path = Optional.ofNullable(resolved.getRawPath()).filter(text -> !text.isEmpty()).orElse("/");
      String query = resolved.getRawQuery() == null ? "" : "?" + resolved.getRawQuery();
      Origin there = new Origin(resolved.getHost(), port);
      boolean stays = there.equals(origin) || resolved.getRawAuthority().equalsIgnoreCase(host);
      return new Address(stays ? origin : there, stays ? host : there.toString(), path + query);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new BadAddress("not an address: " + src, e);
    }
  }

  @Override
  public String toString() {
    return "http://" + origin + target;
  }
}
