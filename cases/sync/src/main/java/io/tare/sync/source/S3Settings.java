package io.tare.sync.source;

import java.net.URI;
import java.util.Optional;

/**
 * Which objects, and how to ask for them.
 *
 * @param prefix empty, or ends with {@code /}
 * @param endpoint empty for Amazon's own
 * @param keysPerPage how many keys an answer may have
 */
public record S3Settings(String bucket, String prefix, Optional<URI> endpoint, Listing listing, int keysPerPage) {
  public static final int MOST_KEYS_PER_PAGE = 1000;
  private static final String SCHEME = "s3://";

  /** Reads {@code s3://BUCKET/PREFIX}. */
  public static S3Settings parse(String address, Optional<URI> endpoint, Listing listing) throws Unavailable {
    String rest = address.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    String prefix = slash < 0 ? "" : rest.substring(slash + 1);
    if (bucket.isEmpty()) {
      throw new Unavailable("no bucket in " + address);
    }
    boolean asIs = prefix.isEmpty() || prefix.endsWith("/");
    return new S3Settings(bucket, asIs ? prefix : prefix + "/", endpoint, listing, MOST_KEYS_PER_PAGE);
  }

  public static boolean isOne(String address) {
    return address.startsWith(SCHEME);
  }

  public String identity() {
    return SCHEME + bucket + "/" + prefix + endpoint.map(where -> " at " + where).orElse("");
  }
}
