package io.tare.fleet.bucket;

import io.tare.app.cli.Option;

/** How a bucket is named on a command line. Apart from what speaks to it: that is loaded only where there is one. */
public final class BucketOptions {
  public static final String SCHEME = "s3://";
  public static final Option ENDPOINT = Option.value("--endpoint", "URL", "an object store other than Amazon's");
  public static final Option REGION = Option.value("--region", "NAME",
      "the bucket's region (default: $AWS_REGION, else us-east-1)");

  private BucketOptions() {}
}
