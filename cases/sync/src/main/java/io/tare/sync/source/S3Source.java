package io.tare.sync.source;

import io.tare.sync.source.Page.ListedFile;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a bucket under a prefix. Keys that end with {@code /} only stand for directories and are left out. */
public final class S3Source implements Source {
  private final S3Settings settings;
  private final S3Client client;
  private final Retry retry;
  private final RateLimit rateLimit;

  public S3Source(S3Settings settings, S3Client client, Retry retry, RateLimit rateLimit) {
    this.settings = settings;
    this.client = client;
    this.retry = retry;
    this.rateLimit = rateLimit;
  }

  @Override
  public String identity() {
    return settings.identity();
  }

  @Override
  public void list(Place place, PageReader reader) throws IOException, InterruptedException {
    String continuation = place.continuation();
    boolean isLast;
    do {
      ListObjectsV2Request request = request(place, continuation);
      ListObjectsV2Response answer = send(() -> client.listObjectsV2(request));
      isLast = !Boolean.TRUE.equals(answer.isTruncated());
      continuation = isLast ? "" : answer.nextContinuationToken();
      reader.read(new Page(place, files(answer), places(answer),
          isLast ? Optional.empty() : Optional.of(continuation), isLast));
    } while (!isLast);
  }

  private ListObjectsV2Request request(Place place, String continuation) {
    return ListObjectsV2Request.builder().bucket(settings.bucket()).prefix(settings.prefix() + place.path())
        .maxKeys(settings.keysPerPage()).delimiter(settings.listing() == Listing.FLAT ? null : "/")
        .continuationToken(continuation.isEmpty() ? null : continuation).build();
  }

  private List<ListedFile> files(ListObjectsV2Response answer) {
    return answer.contents().stream().filter(object -> !object.key().endsWith("/")).map(this::listed).toList();
  }

  private List<String> places(ListObjectsV2Response answer) {
    return answer.commonPrefixes().stream().map(common -> common.prefix().substring(settings.prefix().length()))
        .toList();
  }

  private ListedFile listed(S3Object object) {
    return new ListedFile(object.key().substring(settings.prefix().length()),
        facts(object.size(), object.lastModified(), object.eTag()));
  }

  // Amazon tells the time of change in whole seconds when an object is read, and in milliseconds when it is listed.
  private static FileFacts facts(long sizeBytes, Instant changed, String eTag) {
    return new FileFacts(sizeBytes, changed.getEpochSecond() * 1000, ETag.hash(eTag));
  }

  @Override
  public FileContent open(String path) throws IOException, InterruptedException {
    ResponseInputStream<GetObjectResponse> stream = send(
        () -> client.getObject(wanted -> wanted.bucket(settings.bucket()).key(settings.prefix() + path)));
    GetObjectResponse answer = stream.response();
    return new FileContent(facts(answer.contentLength(), answer.lastModified(), answer.eTag()), stream);
  }

  private <R> R send(Retry.Request<R> request) throws IOException, InterruptedException {
    return retry.send(() -> {
      rateLimit.await();
      try {
        return request.send();
      } catch (SdkException failure) {
        throw S3Failure.explain(failure, settings);
      } catch (UncheckedIOException dropped) {
        // The client lets some failures of a kept connection through as they are.
        throw new IOException("no answer from " + settings.identity() + ": " + dropped.getMessage(), dropped);
      }
    });
  }

  @Override
  public void close() {
    client.close();
  }
}
