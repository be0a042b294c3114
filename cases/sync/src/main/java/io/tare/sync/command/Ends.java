package io.tare.sync.command;

import io.tare.sync.destination.Destination;
import io.tare.sync.destination.FtpAddress;
import io.tare.sync.destination.LocalDestination;
import io.tare.sync.destination.S3Destination;
import io.tare.sync.destination.ServerDestination;
import io.tare.sync.destination.SftpAddress;
import io.tare.sync.source.Listing;
import io.tare.sync.source.LocalSource;
import io.tare.sync.source.RateLimit;
import io.tare.sync.source.Retry;
import io.tare.sync.source.S3Clients;
import io.tare.sync.source.S3Settings;
import io.tare.sync.source.S3Source;
import io.tare.sync.source.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** The source and the destination that were typed. Secrets come from the environment: arguments stand in the process list. */
final class Ends {
  /** A fifth of what Amazon's store takes in one request. */
  private static final long MOST_BYTES_IN_ONE_PIECE = 1L << 30;

  private Ends() {}

  /** The two of them. */
  record Both(Source source, Destination destination) {}

  static Listing listing(Arguments arguments) throws UsageException {
    String name = arguments.value("--listing").orElse("by-level");
    return switch (name) {
      case "flat" -> Listing.FLAT;
      case "by-level" -> Listing.BY_LEVEL;
      case "recursive" -> Listing.RECURSIVE;
      default -> throw new UsageException("--listing is flat, by-level or recursive, not '" + name + "'");
    };
  }

  static Source source(Arguments arguments) throws UsageException, IOException {
    String from = arguments.required("--from");
    if (!S3Settings.isOne(from)) {
      return LocalSource.open(Path.of(from));
    }
    Store store = store(from, "", arguments);
    return new S3Source(store.settings(), store.client(), Retry.DEFAULT, rateLimit(arguments));
  }

  static Destination destination(Arguments arguments) throws UsageException, IOException, InterruptedException {
    String to = arguments.required("--to");
    if (S3Settings.isOne(to)) {
      Store store = store(to, "to-", arguments);
      return new S3Destination(store.settings(), store.client(), Retry.DEFAULT, rateLimit(arguments),
          MOST_BYTES_IN_ONE_PIECE);
    }
    if (SftpAddress.isOne(to)) {
      Path known = arguments.value("--known-hosts").map(Path::of)
          .orElseGet(() -> Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
      SftpAddress address = SftpAddress.parse(to, known, arguments.value("--ssh-key").map(Path::of));
      return ServerDestination.open(address, System.getenv().getOrDefault("SYNC_SFTP_PASSWORD", ""), Retry.DEFAULT);
    }
    if (FtpAddress.isOne(to)) {
      FtpAddress address = FtpAddress.parse(to, arguments.value("--ftps-trust").map(Path::of));
      return ServerDestination.open(address, System.getenv().getOrDefault("SYNC_FTP_PASSWORD", ""), Retry.DEFAULT);
    }
    if (to.matches("[a-z0-9]+://.*")) {
      throw new UsageException("--to is a directory, s3://, ftp://, ftps:// or sftp://, not '" + to + "'");
    }
    return LocalDestination.open(Path.of(to));
  }

  private record Store(S3Settings settings, S3Client client) {}

  /** @param side empty for the source; for the destination what its options have in front */
  private static Store store(String address, String side, Arguments arguments) throws UsageException, IOException {
    Optional<URI> endpoint = arguments.value("--" + side + "endpoint").map(URI::create);
    S3Settings settings = S3Settings.parse(address, endpoint, listing(arguments));
    String prefix = side.isEmpty() || System.getenv("SYNC_TO_AWS_ACCESS_KEY_ID") == null ? "" : "SYNC_TO_";
    S3Clients.Credentials credentials = new S3Clients.Credentials(environment(prefix + "AWS_ACCESS_KEY_ID"),
        environment(prefix + "AWS_SECRET_ACCESS_KEY"));
    String region = arguments.value("--" + side + "region").orElse("us-east-1");
    return new Store(settings, S3Clients.open(endpoint, region, credentials));
  }

  private static RateLimit rateLimit(Arguments arguments) throws UsageException {
    return new RateLimit((int) Math.min(arguments.count("--requests-per-second", Integer.MAX_VALUE),
        Integer.MAX_VALUE));
  }

  private static String environment(String name) throws UsageException {
    String value = System.getenv(name);
    if (value == null || value.isBlank()) {
      throw new UsageException("an object store needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment,"
          + " or SYNC_TO_AWS_ACCESS_KEY_ID and SYNC_TO_AWS_SECRET_ACCESS_KEY if it is the destination");
    }
    return value;
  }
}
