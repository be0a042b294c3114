package io.tare.sync.state;

/** What a source says of a file without its content being read. */
public record FileFacts(long sizeBytes, long modifiedMillis, ContentHash hash) {

  /** Whether this is the same content as far as can be told: a hash that only one side knows says nothing. */
  public boolean sameContentAs(FileFacts other) {
    boolean hashesAgree = !hash.isKnown() || !other.hash.isKnown() || hash.equals(other.hash);
    return sizeBytes == other.sizeBytes && modifiedMillis == other.modifiedMillis && hashesAgree;
  }

  public FileFacts withHash(ContentHash newHash) {
    return new FileFacts(sizeBytes, modifiedMillis, newHash);
  }
}
