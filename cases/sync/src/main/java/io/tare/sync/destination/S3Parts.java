package io.tare.sync.destination;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** An object that is too large for one request, put in parts straight from the stream: none of them is held in memory. */
record S3Parts(S3Client client, String bucket, String key, long partBytes) {
  private static final int MOST_PARTS = 10_000;

  /** What was put so far is given up when one part fails: the store would keep it, and charge for it. */
  void put(Map<String, String> metadata, long sizeBytes, InputStream content) throws IOException {
    String upload = client.createMultipartUpload(wanted -> wanted.bucket(bucket).key(key).metadata(metadata))
        .uploadId();
    try {
      List<CompletedPart> parts = putParts(upload, sizeBytes, content);
      if (content.read() >= 0) {
        throw new IOException("the file changed while it was read: it is longer than " + sizeBytes + " bytes");
      }
      client.completeMultipartUpload(
          wanted -> wanted.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)));
    } catch (IOException | RuntimeException failure) {
      giveUp(upload, failure);
      throw failure;
    }
  }

  /** What failed first is what is to be told: a connection that the server ended may end this too. */
  private void giveUp(String upload, Exception reason) {
    try {
      client.abortMultipartUpload(wanted -> wanted.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException | UncheckedIOException alsoThis) {
      reason.addSuppressed(alsoThis);
    }
  }

  private List<CompletedPart> putParts(String upload, long sizeBytes, InputStream content) {
    long each = Math.max(partBytes, Math.ceilDiv(sizeBytes, MOST_PARTS));
    List<CompletedPart> parts = new ArrayList<>();
    for (long left = sizeBytes; left > 0; left -= each) {
      int number = parts.size() + 1;
      long bytes = Math.min(each, left);
      String eTag = client.uploadPart(wanted -> wanted.bucket(bucket).key(key).uploadId(upload).partNumber(number),
          RequestBody.fromInputStream(new NotClosed(content), bytes)).eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(eTag).build());
    }
    return parts;
  }

  /** The client closes what it has read its part of. */
  private static final class NotClosed extends java.io.FilterInputStream {
    NotClosed(InputStream content) {
      super(content);
    }

    @Override
    public void close() {}
  }
}
