package io.tare.sync.source;

import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Says what an object store's refusal means, and whether trying again may help. */
public final class S3Failure {
  private static final int NOT_FOUND = 404;
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final Set<String> OUT_OF_ROOM = Set.of("InsufficientStorage", "QuotaExceeded", "XMinioStorageFull",
      "XMinioAdminBucketQuotaExceeded");
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int SERVER_ERRORS = 500;
  private static final Set<Integer> NOT_ALLOWED = Set.of(401, 403);

  private S3Failure() {}

  public static IOException explain(SdkException failure, S3Settings settings) {
    if (failure instanceof NoSuchKeyException) {
      return new FileGone("an object");
    }
    if (failure instanceof NoSuchBucketException) {
      return new Unavailable("there is no bucket " + settings.bucket() + " (" + settings.identity() + ")", failure);
    }
    if (!(failure instanceof AwsServiceException answer)) {
      return new IOException("no answer from " + settings.identity() + ": " + failure.getMessage(), failure);
    }
    int status = answer.statusCode();
    if (NOT_ALLOWED.contains(status)) {
      return new Unavailable("access to " + settings.identity() + " is refused: " + code(answer)
          + "; the key is taken from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", failure);
    }
    boolean mayPass = status >= SERVER_ERRORS || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
    String message = settings.identity() + " answers " + status + " " + code(answer);
    return mayPass ? new IOException(message, failure) : new Unavailable(message, failure);
  }

  public static boolean isNotFound(SdkException failure) {
    return failure instanceof AwsServiceException answer && answer.statusCode() == NOT_FOUND
        && !(failure instanceof NoSuchBucketException);
  }

  /** No room, or more than this user may have; stores other than Amazon's say so. */
  public static boolean isOutOfRoom(SdkException failure) {
    return failure instanceof AwsServiceException answer
        && (answer.statusCode() == INSUFFICIENT_STORAGE || OUT_OF_ROOM.contains(code(answer)));
  }

  private static String code(AwsServiceException answer) {
    return answer.awsErrorDetails() == null ? "" : String.valueOf(answer.awsErrorDetails().errorCode());
  }
}
