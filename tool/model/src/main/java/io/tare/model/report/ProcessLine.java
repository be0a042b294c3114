package io.tare.model.report;

import io.tare.model.ledger.ByteRange;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One process at a glance. Empty is unknown, not zero.
 *
 * @param user who owns it, when the id has a name here
 * @param runtime the kind of runtime, in words
 * @param limitBytes the tightest limit of its groups
 * @param note what kept a figure from being known, or what stands out; empty when there is nothing to say
 */
public record ProcessLine(
    long pid,
    Optional<String> user,
    String name,
    String runtime,
    OptionalLong rssBytes,
    Optional<ByteRange> net,
    OptionalLong limitBytes,
    String note) {
  /** Gross less net; empty when either is unknown. */
  public Optional<ByteRange> tare() {
    return rssBytes.isEmpty() ? Optional.empty() : net.map(bytes -> bytes.takenFrom(rssBytes.getAsLong()));
  }
}
