package io.tare.sync.command;

import io.tare.sync.destination.Destination;
import io.tare.sync.destination.FtpAddress;
import io.tare.sync.destination.FtpDestination;
import io.tare.sync.destination.LocalDestination;
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

/** The source and the destination that were typed. Secrets come from the environment: arguments stand in the process list. */
final class Ends {
  private Ends() {}

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
    Optional<URI> endpoint = arguments.value("--endpoint").map(URI::create);
    S3Settings settings = S3Settings.parse(from, endpoint, listing(arguments));
    S3Clients.Credentials credentials = new S3Clients.Credentials(environment("AWS_ACCESS_KEY_ID"),
        environment("AWS_SECRET_ACCESS_KEY"));
    RateLimit limit = new RateLimit((int) Math.min(arguments.count("--requests-per-second", Integer.MAX_VALUE),
        Integer.MAX_VALUE));
    return new S3Source(settings,
        S3Clients.open(endpoint, arguments.value("--region").orElse("us-east-1"), credentials), Retry.DEFAULT, limit);
  }

  static Destination destination(Arguments arguments) throws UsageException, IOException, InterruptedException {
    String to = arguments.required("--to");
    if (!FtpAddress.isOne(to)) {
      return LocalDestination.open(Path.of(to));
    }
    FtpAddress address = FtpAddress.parse(to, arguments.value("--ftps-trust").map(Path::of));
    return FtpDestination.open(address, System.getenv().getOrDefault("SYNC_FTP_PASSWORD", ""), Retry.DEFAULT);
  }

  private static String environment(String name) throws UsageException {
    String value = System.getenv(name);
    if (value == null || value.isBlank()) {
      throw new UsageException("an object store needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment");
    }
    return value;
  }
}
