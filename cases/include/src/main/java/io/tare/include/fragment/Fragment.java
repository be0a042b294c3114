package io.tare.include.fragment;

import io.tare.include.scan.TagScanner;

/** A fragment as its origin sent it. Many pages share its bytes, so that nobody may change them. */
public final class Fragment {
  /** An entry of the map, its record and the head of its array, about. */
  private static final long OVERHEAD_BYTES = 200;

  private final byte[] bytes;
  private final boolean hasTags;
  private final Freshness freshness;

  Fragment(byte[] bytes, Freshness freshness) {
    this.bytes = bytes;
    this.hasTags = TagScanner.hasTags(bytes);
    this.freshness = freshness;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** False spares the scan. */
  public boolean hasTags() {
    return hasTags;
  }

  Freshness freshness() {
    return freshness;
  }

  long weightBytes(Address address) {
    return OVERHEAD_BYTES + bytes.length + address.host().length() + address.target().length();
  }
}
