package io.tare.model.heap;

import java.time.Instant;
import java.util.List;

/**
 * A heap dump beside the ledger of the same process.
 *
 * @param rest what no Java object owns, by account
 * @param notes reasons for which the two may not fit
 */
public record NativeBridge(long pid, Instant takenAt, List<NativeLine> lines, List<Rest> rest, List<String> notes) {
  public NativeBridge {
    lines = List.copyOf(lines);
    rest = List.copyOf(rest);
    notes = List.copyOf(notes);
  }

  /** Resident bytes of an account that no Java object owns. */
  public record Rest(String account, String title, long residentBytes) {}
}
