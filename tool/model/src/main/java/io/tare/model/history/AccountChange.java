package io.tare.model.history;

/** How much an account held before and after. */
public record AccountChange(String account, long beforeBytes, long afterBytes) {
  public long changeBytes() {
    return afterBytes - beforeBytes;
  }
}
