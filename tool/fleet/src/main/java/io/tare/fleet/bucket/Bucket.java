package io.tare.fleet.bucket;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * A bucket of an object store that speaks S3, from a prefix on: a file is there as a whole once its one PUT was answered, or not at all. What
 * goes wrong is said in one sentence; trying again is left to whoever calls.
 */
public final class Bucket implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Set<Integer> NOT_ALLOWED = Set.of(301, 400, 401, 403, 404);

  private final S3Client client;
  private final String name;
  private final String prefix;
  private final String words;

  /** The store says no, and will say so until a person has done something: a wrong key, a bucket of somebody else. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    public Refused(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }

  /** An object below the prefix. {@code place} is its name there. */
  public record Stored(String place, long bytes) {}

  private Bucket(S3Client client, String name, String prefix, String words) {
    this.client = client;
    this.name = name;
    this.prefix = prefix;
    this.words = words;
  }

  /**
   * Opens it with what the options say.
   *
   * @param place {@code s3://BUCKET/PREFIX}
   */
  public static Bucket open(String place, Arguments arguments, Map<String, String> environment) throws UsageException {
    Optional<String> url = arguments.value(BucketOptions.ENDPOINT.name());
    if (url.isPresent() && !url.get().matches("https?://[^/]+/?")) {
      throw new UsageException("--endpoint needs a URL such as https://minio.example:9000, not '" + url.get() + "'");
    }
    return open(place, url.map(URI::create), arguments.value(BucketOptions.REGION.name()), environment);
  }

  /**
   * Opens it, with the key of the environment.
   *
   * @param endpoint empty for Amazon's own
   */
  public static Bucket open(String place, Optional<URI> endpoint, Optional<String> region,
      Map<String, String> environment) throws UsageException {
    String rest = place.substring(BucketOptions.SCHEME.length());
    String name = rest.split("/", 2)[0];
    String prefix = rest.substring(name.length()).replaceFirst("^/+", "").replaceFirst("/+$", "");
    if (name.isEmpty()) {
      throw new UsageException("there is no bucket in " + place + ": s3://BUCKET/PREFIX names one");
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
    return new Bucket(builder.build(), name, prefix.isEmpty() ? "" : prefix + "/",
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

  /** Puts a file there; when this returns, it is there. */
  public void put(String place, Path file) throws IOException {
    var _ = asked("s3:PutObject",
        () -> client.putObject(wanted -> wanted.bucket(name).key(prefix + place), RequestBody.fromFile(file)));
  }

  /** Everything below the prefix, by name. */
  public List<Stored> list() throws IOException {
    List<Stored> all = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      String from = next.orElse(null);
      ListObjectsV2Response page = asked("s3:ListBucket",
          () -> client.listObjectsV2(wanted -> wanted.bucket(name).prefix(prefix).continuationToken(from)));
      page.contents().forEach(one -> all.add(new Stored(one.key().substring(prefix.length()), one.size())));
      next = Boolean.TRUE.equals(page.isTruncated())
          ? Optional.ofNullable(page.nextContinuationToken())
          : Optional.empty();
    } while (next.isPresent());
    return all;
  }

  /** Brings an object into a file that is not there yet. */
  public void get(String place, Path file) throws IOException {
    var _ = asked("s3:GetObject", () -> client.getObject(wanted -> wanted.bucket(name).key(prefix + place), file));
  }

  private interface Call<T> {
    T now();
  }

  private <T> T asked(String right, Call<T> call) throws IOException {
    try {
      return call.now();
    } catch (SdkException failure) {
      throw explained(failure, right);
    } catch (UncheckedIOException dropped) {
      // The client lets some failures of a kept connection through as they are.
      throw new IOException("no answer from " + words + ": " + dropped.getMessage(), dropped);
    }
  }

  private IOException explained(SdkException failure, String right) {
    if (!(failure instanceof AwsServiceException answer)) {
      String why = String.valueOf(failure.getMessage()).replaceFirst("Unable to execute HTTP request: ", "")
          .replaceFirst(" \\(SDK Attempt Count: \\d+\\)", "");
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
      case "NoSuchBucket" -> "there is no bucket " + name + " (" + words + ")";
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "Forbidden", "ExpiredToken", "" -> words
          + " refuses the key: " + status + " " + code
          + "; it takes one that may " + right + " there (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)";
      default -> words + " refuses: " + status + " " + code;
    }, failure);
  }

  /** As people name it. */
  public String words() {
    return words;
  }

  @Override
  public void close() {
    client.close();
  }
}
