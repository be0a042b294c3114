package io.tare.sync.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** An object store on a loopback port, in memory, with one bucket and one key that opens it. */
public final class ObjectStore implements AutoCloseable {
  public static final String BUCKET = "archive";
  public static final S3Clients.Credentials KEY = new S3Clients.Credentials("test-key", "test-secret");

  private final S3Proxy server;
  private final S3Client client;

  private ObjectStore(S3Proxy server) {
    this.server = server;
    this.client = S3Clients.open(Optional.of(endpoint()), "us-east-1", KEY);
  }

  public static ObjectStore start() throws Exception {
    S3Proxy server = S3Proxy.builder().endpoint(URI.create("http://127.0.0.1:0"))
        .awsAuthentication(AuthenticationType.AWS_V4, KEY.keyId(), KEY.secret())
        .blobStore(BlobStores.create("transient-nio2", new Properties())).build();
    server.start();
    ObjectStore store = new ObjectStore(server);
    store.client.createBucket(wanted -> wanted.bucket(BUCKET));
    return store;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  public void put(String key, String content) throws Exception {
    again(() -> client.putObject(wanted -> wanted.bucket(BUCKET).key(key), RequestBody.fromString(content)));
  }

  public void delete(String key) throws Exception {
    again(() -> client.deleteObject(wanted -> wanted.bucket(BUCKET).key(key)));
  }

  /** The server drops kept connections when it likes. */
  private static void again(Retry.Request<Object> request) throws Exception {
    Retry.DEFAULT.send(() -> {
      try {
        return request.send();
      } catch (SdkException | UncheckedIOException dropped) {
        throw new IOException(dropped);
      }
    });
  }

  S3Settings settings(String prefix, Listing listing, int keysPerPage) {
    return new S3Settings(BUCKET, prefix, Optional.of(endpoint()), listing, keysPerPage);
  }

  S3Client client(S3Clients.Credentials credentials) {
    return S3Clients.open(Optional.of(endpoint()), "us-east-1", credentials);
  }

  @Override
  public void close() throws Exception {
    client.close();
    server.stop();
  }
}
