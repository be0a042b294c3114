package io.tare.sync.source;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of an object store that ask nobody else: no look-up of credentials or regions on the network. Trying again is {@link Retry}'s work. */
public final class S3Clients {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private S3Clients() {}

  /** A key and its secret. */
  public record Credentials(String keyId, String secret) {
    @Override
    public String toString() {
      return keyId + " with its secret";
    }
  }

  public static S3Client open(Optional<URI> endpoint, String region, Credentials credentials) {
    S3ClientBuilder builder = S3Client.builder().region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(credentials.keyId(), credentials.secret())))
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(PATIENCE).connectionTimeout(PATIENCE))
        .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    endpoint.ifPresent(where -> builder.endpointOverride(where).forcePathStyle(true));
    return builder.build();
  }
}
