package io.tare.model.report;

import java.util.OptionalLong;

/**
 * An action, the bytes that it should return, and what it costs.
 *
 * @param action what to do, in words
 * @param how the exact flag or command; empty when there is none
 * @param expectedBytes what should come back; empty when that can't be said beforehand
 * @param price what it costs: CPU, latency, a restart, nothing
 * @param sameBytes which bytes it returns; remedies of the same ones are alternatives and don't add up
 */
public record Remedy(String action, String how, OptionalLong expectedBytes, String price, String sameBytes) {
  public Remedy(String action, String how, OptionalLong expectedBytes, String price) {
    this(action, how, expectedBytes, price, "");
  }

  /** The same remedy, of these bytes. */
  public Remedy of(String bytes) {
    return new Remedy(action, how, expectedBytes, price, bytes);
  }
}
