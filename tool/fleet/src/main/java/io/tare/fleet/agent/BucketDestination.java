package io.tare.fleet.agent;

import io.tare.app.cli.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** A bucket of an object store that speaks S3: a file is there as a whole once its one PUT was answered, or not at all. Trying again is {@link Delivery}'s work. */
final class BucketDestination implements Destination {
  static final String SCHEME = "s3://";

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Set<Integer> NOT_ALLOWED = Set.of(301, 400, 401, 403, 404);

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final String words;

  private BucketDestination(S3Client client, String bucket, String prefix, String words) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
    this.words = words;
  }

  /**
   * @param place {@code s3://BUCKET/PREFIX}
   * @param endpoint empty for Amazon's own
   */
  static BucketDestination open(String place, Optional<URI> endpoint, Optional<String> region,
      Map<String, String> environment) throws UsageException {
    String rest = place.substring(SCHEME.length());
    String bucket = rest.split("/", 2)[0];
    String prefix = rest.substring(bucket.length()).replaceFirst("^/+", "").replaceFirst("/+$", "");
    if (bucket.isEmpty()) {
      throw new UsageException("there is no bucket in " + place + ": --to s3://BUCKET/PREFIX");
    }
    String where = region.orElseGet(
        () -> environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", "us-east-1")));
    S3ClientBuilder builder = S3Client.builder().region(Region.of(where)).credentialsProvider(credentials(environment))
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(PATIENCE).connectionTimeout(PATIENCE))
        .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
        // A file goes in one piece, signed as a whole: every store that speaks S3 understands that.
        .serviceConfiguration(settings -> settings.chunkedEncodingEnabled(false))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    endpoint.ifPresent(url -> builder.endpointOverride(url).forcePathStyle(true));
    return new BucketDestination(builder.build(), bucket, prefix.isEmpty() ? "" : prefix + "/",
        place + endpoint.map(url -> " at " + url).orElse(""));
  }

  /** The environment's keys; else what the platform hands to containers; else the file of profiles. The network is asked only where the platform says so. */
  private static AwsCredentialsProvider credentials(Map<String, String> environment) throws UsageException {
    String key = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    String session = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    if (key.isEmpty() != secret.isEmpty()) {
      throw new UsageException("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together: one of them is not set");
    }
    if (!key.isEmpty()) {
      AwsCredentials given = session.isEmpty()
          ? AwsBasicCredentials.create(key, secret)
          : AwsSessionCredentials.create(key, secret, session);
      return StaticCredentialsProvider.create(given);
    }
    boolean isHanded = environment.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")
        || environment.containsKey("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    return isHanded ? ContainerCredentialsProvider.builder().build() : ProfileCredentialsProvider.create();
  }

  @Override
  public void put(String place, Path file) throws IOException {
    try {
      var _ = client.putObject(wanted -> wanted.bucket(bucket).key(prefix + place), RequestBody.fromFile(file));
    } catch (SdkException failure) {
      throw explained(failure);
    } catch (UncheckedIOException dropped) {
      // The client lets some failures of a kept connection through as they are.
      throw new IOException("no answer from " + words + ": " + dropped.getMessage(), dropped);
    }
  }

  private IOException explained(SdkException failure) {
    if (!(failure instanceof AwsServiceException answer)) {
      String why = String.valueOf(failure.getMessage());
      return why.contains("credentials")
          ? new Refused(
              "there is no key for " + words + ": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (" + why + ")",
              failure)
          : new IOException("no answer from " + words + ": " + why, failure);
    }
    int status = answer.statusCode();
    String code = answer.awsErrorDetails() == null ? "" : String.valueOf(answer.awsErrorDetails().errorCode());
    if (!NOT_ALLOWED.contains(status)) {
      return new IOException(words + " answers " + status + " " + code, failure);
    }
    return new Refused(switch (code) {
      case "NoSuchBucket" -> "there is no bucket " + bucket + " (" + words + ")";
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "Forbidden", "ExpiredToken", "" -> words
          + " refuses the key: " + status + " " + code
          + "; it takes one that may s3:PutObject there (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)";
      default -> words + " refuses: " + status + " " + code;
    }, failure);
  }

  @Override
  public String words() {
    return words;
  }

  @Override
  public void close() {
    client.close();
  }
}
