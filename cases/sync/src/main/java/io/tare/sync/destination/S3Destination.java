package io.tare.sync.destination;

import io.tare.sync.source.ETag;
import io.tare.sync.source.FileGone;
import io.tare.sync.source.RateLimit;
import io.tare.sync.source.Retry;
import io.tare.sync.source.S3Failure;
import io.tare.sync.source.S3Settings;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * The objects of a bucket under a prefix. The store shows an object only when it is whole, so there are no parts to clean up. The
 * time of change is kept as the metadata {@code mtime}, which a listing does not show; sizes and MD5 sums it does.
 */
public final class S3Destination implements Destination {
  private static final String MODIFIED = "mtime";

  private final S3Settings settings;
  private final S3Client client;
  private final Retry retry;
  private final RateLimit rateLimit;
  private final long mostBytesInOnePiece;

  /** @param mostBytesInOnePiece a larger file is put in parts of this size; the store takes 5 MiB to 5 GiB */
  public S3Destination(S3Settings settings, S3Client client, Retry retry, RateLimit rateLimit,
      long mostBytesInOnePiece) {
    this.settings = settings;
    this.client = client;
    this.retry = retry;
    this.rateLimit = rateLimit;
    this.mostBytesInOnePiece = mostBytesInOnePiece;
  }

  @Override
  public String identity() {
    return settings.identity();
  }

  @Override
  public Look look(String directory) throws IOException, InterruptedException {
    ListedDirectory listed = new ListedDirectory(name -> standing(key(directory + name)));
    String prefix = settings.prefix() + directory;
    String continuation = null;
    do {
      String from = continuation;
      ListObjectsV2Response page = send(() -> client.listObjectsV2(wanted -> wanted.bucket(settings.bucket())
          .prefix(prefix).delimiter("/").maxKeys(settings.keysPerPage()).continuationToken(from)));
      page.contents().forEach(object -> listed.add(object.key().substring(prefix.length()),
          standing(object.size(), object.eTag())));
      continuation = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (continuation != null);
    return listed;
  }

  private Optional<Standing> standing(String key) throws IOException, InterruptedException {
    return head(key).map(answer -> standing(answer.contentLength(), answer.eTag()));
  }

  private static Standing standing(long sizeBytes, String eTag) {
    return new Standing(sizeBytes, OptionalLong.empty(), 1, ETag.contentHash(eTag));
  }

  private Optional<HeadObjectResponse> head(String key) throws IOException, InterruptedException {
    try {
      return Optional.of(send(() -> client.headObject(wanted -> wanted.bucket(settings.bucket()).key(key))));
    } catch (FileGone absent) {
      return Optional.empty();
    }
  }

  @Override
  public boolean holds(String path, FileFacts facts) throws IOException, InterruptedException {
    return head(key(path))
        .filter(answer -> answer.contentLength() == facts.sizeBytes()
            && Long.toString(facts.modifiedMillis()).equals(answer.metadata().get(MODIFIED)))
        .isPresent();
  }

  @Override
  public ContentHash hash(String path) throws IOException, InterruptedException {
    String key = key(path);
    Optional<HeadObjectResponse> found = head(key);
    ContentHash told = found.map(answer -> ETag.contentHash(answer.eTag())).orElse(ContentHash.UNKNOWN);
    if (found.isEmpty() || told.isKnown()) {
      return told;
    }
    return send(() -> {
      try (InputStream content = client.getObject(wanted -> wanted.bucket(settings.bucket()).key(key))) {
        return ContentHash.ofContent(content);
      }
    });
  }

  /** Not tried again here: the content has been read. */
  @Override
  public void put(String path, FileFacts facts, InputStream content) throws IOException, InterruptedException {
    String key = key(path);
    Map<String, String> metadata = Map.of(MODIFIED, Long.toString(facts.modifiedMillis()));
    if (facts.sizeBytes() > mostBytesInOnePiece) {
      once(() -> {
        new S3Parts(client, settings.bucket(), key, mostBytesInOnePiece).put(metadata, facts.sizeBytes(), content);
        return true;
      });
      return;
    }
    once(() -> client.putObject(wanted -> wanted.bucket(settings.bucket()).key(key).metadata(metadata),
        RequestBody.fromInputStream(content, facts.sizeBytes())));
  }

  @Override
  public void delete(String path) throws IOException, InterruptedException {
    String key = key(path);
    send(() -> client.deleteObject(wanted -> wanted.bucket(settings.bucket()).key(key)));
  }

  @Override
  public void deletePart(String path) {}

  private String key(String path) throws IOException {
    return settings.prefix() + SafePath.check(path);
  }

  private <R> R send(Retry.Request<R> request) throws IOException, InterruptedException {
    return retry.send(() -> once(request));
  }

  private <R> R once(Retry.Request<R> request) throws IOException, InterruptedException {
    rateLimit.await();
    try {
      return request.send();
    } catch (SdkException failure) {
      throw explained(failure);
    } catch (UncheckedIOException dropped) {
      throw new IOException("no answer from " + settings.identity() + ": " + dropped.getMessage(), dropped);
    }
  }

  private IOException explained(SdkException failure) {
    if (failure instanceof NoSuchKeyException || S3Failure.isNotFound(failure)) {
      return new FileGone("an object");
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException reading && !(cause instanceof java.net.SocketException)) {
        return reading;
      }
    }
    IOException explained = S3Failure.explain(failure, settings);
    return S3Failure.isOutOfRoom(failure) ? Full.at(settings.identity(), explained) : explained;
  }

  @Override
  public void close() {
    client.close();
  }
}
